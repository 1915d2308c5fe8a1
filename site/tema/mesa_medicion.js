// Medir el año: calcula el indicador con las encuestas y muestra lo que quedó publicado.

import { callar, decir, mostrarErrores, mostrarFalla } from "./mesa_avisos.js";
import { enviar } from "./mesa_api.js";
import { campo, conComa, crear, nombreDeRegion, unaVez, rellenar } from "./mesa_piezas.js";
import { puedeMedir } from "./mesa_sesion.js";

const ESTADOS = { medido: "Medido", no_medido: "No medido", no_se_publica: "No se publica" };
const COLUMNAS = [
  ["componente", "Componente"], ["region", "Región"], ["estado", "Estado"], ["numerador", "Mejoraron"],
  ["denominador", "Participaron"], ["valor", "Indicador"], ["tasa_respuesta", "Respondieron"],
];
const PORCENTAJES = ["valor", "tasa_respuesta"];

export async function abrirMedicion() {
  const nodo = crear("div", {}, crear("h1", { tabindex: "-1" }, "Medir el año"));
  if (puedeMedir()) nodo.append(...contenido());
  else nodo.append(crear("p", { class: "guia" }, "Solo el nivel nacional mide el año. Tu rol no puede hacerlo."));
  return { titulo: "Medir el año", nodo };
}

function contenido() {
  const anio = crear("input", { type: "text", inputmode: "numeric", autocomplete: "off", maxlength: "4", class: "num m-nota" });
  anio.value = String(new Date().getFullYear());
  const boton = crear("button", { type: "submit", class: "boton" }, "Medir el año");
  const resultado = crear("div");
  const medir = (suceso) => {
    suceso.preventDefault();
    unaVez(boton, () => publicar(anio.value.trim(), resultado));
  };
  return [
    crear("p", { class: "guia" }, "Cuenta una vez a cada empresa, publica solo totales y deja los grupos chicos sin mostrar."),
    crear("form", { class: "m-angosto", novalidate: true, al: { submit: medir } },
      campo("anio", "Año de la actividad", "Cuatro cifras, como 2026. Puedes repetirlo: la medición nueva reemplaza a la anterior.", anio), boton),
    resultado,
  ];
}

async function publicar(anio, resultado) {
  callar();
  if (!/^20\d\d$/.test(anio)) return mostrarErrores("Falta algo para medir", null, [{ id: "anio", texto: "Escribe el año con cuatro cifras, como 2026" }]);
  try {
    const { filas } = await enviar("medicion", { anio: Number(anio) });
    rellenar(
      resultado,
      crear("h2", { tabindex: "-1" }, `Publicado de ${anio}`),
      filas.length === 0 ? crear("p", { class: "aviso" }, "No había nada que publicar de ese año.") : tabla(anio, filas));
    resultado.querySelector("h2").focus();
    decir(`Medimos ${anio}: ${filas.length} ${filas.length === 1 ? "fila publicada" : "filas publicadas"}.`);
  } catch (falla) {
    mostrarFalla(falla, () => "anio");
  }
}

function tabla(anio, filas) {
  return crear("table", { class: "tabla cola" },
    crear("caption", { class: "oculto" }, `Indicador de ${anio} por componente y región`),
    crear("thead", {}, crear("tr", {}, COLUMNAS.map(([, titulo]) => crear("th", { scope: "col" }, titulo)))),
    crear("tbody", {}, filas.map((f) => crear("tr", {}, COLUMNAS.map(([clave, titulo]) =>
      crear("td", { "data-t": titulo, class: "num" }, crear("span", {}, celda(clave, f[clave]))))))));
}

function celda(clave, valor) {
  if (clave === "estado") return ESTADOS[valor] ?? valor;
  if (clave === "region") return valor === "todas" ? "Todas" : nombreDeRegion(valor);
  if (clave === "componente") return valor === "todos" ? "Los dos" : valor;
  if (valor === "" || valor === null || valor === undefined) return "—";
  return PORCENTAJES.includes(clave) ? `${conComa(valor)} %` : valor;
}

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
const OFICIAL = "acceso-vinculacion";
const DE_OTROS = [["indicador", "Indicador"], ["estado", "Estado"], ["valor", "Resultado"], ["tasa_respuesta", "Respondieron"]];

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
      ...(filas.length === 0 ? [crear("p", { class: "aviso" }, "No había nada que publicar de ese año.")] : tablas(anio, filas)));
    resultado.querySelector("h2").focus();
    decir(`Medimos ${anio}: ${filas.length} ${filas.length === 1 ? "fila publicada" : "filas publicadas"}.`);
  } catch (falla) {
    mostrarFalla(falla, () => "anio");
  }
}

// El oficial por componente y región; de los demás, solo el total del país. Lo separado por categoría va en el archivo.
function tablas(anio, filas) {
  const enteras = filas.filter((f) => f.desagregacion === "todos");
  const otros = enteras.filter((f) => f.indicador !== OFICIAL && f.componente === "todos" && f.region === "todas");
  return [
    tabla(`Indicador de ${anio} por componente y región`, COLUMNAS, enteras.filter((f) => f.indicador === OFICIAL)),
    crear("h3", {}, "Los demás indicadores, en todo el país"),
    tabla(`Los demás indicadores de ${anio}`, DE_OTROS, otros),
    crear("p", { class: "chico" }, "Por sexo, estudios y sector, y por región, están en el archivo de mediciones."),
  ];
}

function tabla(titulo, columnas, filas) {
  return crear("table", { class: "tabla cola" },
    crear("caption", { class: "oculto" }, titulo),
    crear("thead", {}, crear("tr", {}, columnas.map(([, nombre]) => crear("th", { scope: "col" }, nombre)))),
    crear("tbody", {}, filas.map((f) => crear("tr", {}, columnas.map(([clave, nombre]) =>
      crear("td", { "data-t": nombre, class: "num" }, crear("span", {}, celda(clave, f))))))));
}

function celda(clave, fila) {
  const valor = fila[clave];
  if (clave === "indicador") return valor.replaceAll("-", " ");
  if (clave === "estado") return ESTADOS[valor] ?? valor;
  if (clave === "region") return valor === "todas" ? "Todas" : nombreDeRegion(valor);
  if (clave === "componente") return valor === "todos" ? "Los dos" : valor;
  if (valor === "" || valor === null || valor === undefined) return "—";
  if (clave === "valor" && fila.indicador === "satisfaccion") return conComa(valor);
  return PORCENTAJES.includes(clave) ? `${conComa(valor)} %` : valor;
}

// Las actas de una convocatoria: cada selección ejecutada deja una, con su huella, y se baja entera.

import { leer } from "./mesa_api.js";
import { botonDeEnlace } from "./mesa_enlace.js";
import { crear, demostracion, enlaceABoton, fila } from "./mesa_piezas.js";

export const leerActas = async (convocatoria) => (await leer(`actas?convocatoria=${encodeURIComponent(convocatoria)}`)).actas;

/** La sección con las actas; nada mientras no se ejecute una selección. */
export function actas(lista) {
  if (lista.length === 0) return null;
  return crear("section", { "aria-labelledby": "t-actas" },
    crear("h2", { id: "t-actas" }, "Actas"),
    crear("p", { class: "ayuda" }, "Cada selección ejecutada deja un acta que cualquiera puede repetir. La entera se baja aquí; la pública va en los datos del portal."),
    crear("ul", { class: "lista" }, lista.map(unActa)));
}

function unActa({ acta, numero, cuando_texto: cuando, sha256, seleccionadas, espera, no_seleccionadas: no }) {
  return crear("li", { class: "m-documento" },
    crear("div", {}, crear("b", {}, `Acta ${numero}`),
      crear("span", { class: "chico m-renglon" }, `${cuando}. ${seleccionadas} con puesto, ${espera} en espera, ${no} sin puesto.`),
      crear("span", { class: "mono m-huella" }, `SHA-256 ${sha256}`)),
    crear("span", { class: "m-par" },
      enlaceABoton(`#/acta/${encodeURIComponent(acta)}`, `Ver e imprimir el acta ${numero}`, "boton b2 chica no-print"),
      botonDeEnlace(`actas/${encodeURIComponent(acta)}`, `el acta ${numero}`, `Bajar el acta ${numero}`)));
}

const RESULTADOS = { seleccionada: "Con puesto", lista_de_espera: "En espera", no_seleccionada: "Sin puesto" };

// Si ninguna tiene puntaje o motivo, esa columna no va.
const COLUMNAS = [
  ["Resultado", ({ resultado }) => RESULTADOS[resultado]], ["Puntaje", ({ puntaje }) => puntaje], ["Por qué", ({ motivo_texto: motivo }) => motivo],
];

/** El acta en una hoja que se imprime: por folio, con quién la levantó, cuándo y por qué. */
export async function abrirActa({ id }) {
  const acta = await leer(`actas/${encodeURIComponent(id ?? "")}/hoja`);
  const titulo = `Acta ${acta.numero}`;
  const columnas = COLUMNAS.filter(([, dato]) => acta.filas.some(dato));
  return { titulo, nodo: crear("div", {},
    crear("p", { class: "chico" }, acta.convocatoria_nombre, ...demostracion(acta.demostracion)),
    crear("h1", { tabindex: "-1" }, titulo),
    crear("p", { class: "guia" }, `Del ${acta.cuando_texto}. ${acta.seleccionadas} con puesto, ${acta.espera} en espera, ${acta.no_seleccionadas} sin puesto.`),
    crear("dl", { class: "resumen" }, [["La levantó", `${acta.quien}, ${acta.oficina}`], ["Por qué", acta.motivo], ["Cupos", String(acta.cupos)], ["Regla", acta.regla], ["Huella", `SHA-256 ${acta.sha256}`]]
      .map(([que, dice]) => crear("div", {}, crear("dt", {}, que), crear("dd", {}, dice)))),
    crear("table", { class: "tabla cola" }, crear("caption", { class: "oculto" }, "Resultado de cada folio"),
      crear("thead", {}, crear("tr", {}, ["Folio", ...columnas.map(([nombre]) => nombre)].map((c) => crear("th", { scope: "col" }, c)))),
      crear("tbody", {}, acta.filas.map((una) => crear("tr", {}, crear("th", { scope: "row", class: "num" }, una.folio_texto),
        columnas.map(([que, dato]) => crear("td", { "data-t": que }, crear("span", {}, dato(una)))))))),
    fila(crear("button", { type: "button", class: "boton no-print", al: { click: () => print() } }, "Imprimir el acta"))) };
}

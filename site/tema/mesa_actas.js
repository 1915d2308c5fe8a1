// Las actas de una convocatoria: cada selección ejecutada deja una, con su huella, y se baja entera.

import { leer } from "./mesa_api.js";
import { botonDeEnlace } from "./mesa_enlace.js";
import { crear } from "./mesa_piezas.js";

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
    botonDeEnlace(`actas/${encodeURIComponent(acta)}`, `el acta ${numero}`, `Bajar el acta ${numero}`));
}

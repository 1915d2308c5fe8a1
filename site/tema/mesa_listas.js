// Las listas de una selección, en su orden, y lo que explica a cada una.

import { conComa, crear, direccionDeFicha } from "./mesa_piezas.js";

/** Todas las listas, con los cupos que se guardan para un grupo. */
export function listas({ seleccionadas, espera, no_seleccionadas: no, sin_decidir: sinDecidir, guardados = [] }) {
  return [
    unaLista("Seleccionadas", seleccionadas, "abierta"),
    guardados.length > 0 && crear("p", { class: "aviso" }, guardados.map(({ titulo, cupos }) => crear("span", { class: "m-renglon" },
      `${cupos === 1 ? "Se guarda 1 puesto" : `Se guardan ${cupos} puestos`} para: ${titulo}. Todavía puede llegar alguien del grupo.`))),
    unaLista("Lista de espera", espera, "espera"),
    unaLista("No seleccionadas", no, "no"),
    sinDecidir.length > 0 && unaLista("Sin decidir todavía", sinDecidir, ""),
    sinDecidir.length > 0 && crear("p", { class: "aviso" }, "Esperan a que se revise una que llegó antes, o a que se ocupe un puesto guardado."),
  ];
}

function unaLista(titulo, filas, clase) {
  const nombre = crear("h3", { class: "m-lista" }, crear("span", { class: `est ${clase}`.trim() }, titulo), ` ${filas.length}`);
  if (filas.length === 0) return crear("div", {}, nombre, crear("p", { class: "chico" }, "Ninguna."));
  const columnas = COLUMNAS.filter(({ siempre, dato }) => siempre || filas.some((fila) => dato(fila)));
  return crear("div", {}, nombre, crear("table", { class: "tabla cola" },
    crear("caption", { class: "oculto" }, `${titulo}: ${filas.length}`),
    crear("thead", {}, crear("tr", {}, ["Folio", ...columnas.map(({ nombre: columna }) => columna)].map((columna) => crear("th", { scope: "col" }, columna)))),
    crear("tbody", {}, filas.map((fila) => crear("tr", {},
      crear("th", { scope: "row" }, crear("a", { class: "toque num", href: direccionDeFicha(fila) }, fila.folio_texto)),
      columnas.map(({ nombre: columna, dato, vacio = "", clase: cual }) => crear("td", { "data-t": columna, class: cual }, crear("span", {}, dato(fila) || vacio))))))));
}

const COLUMNAS = [
  { nombre: "Empresa", siempre: true, dato: ({ nombre }) => nombre },
  { nombre: "Puntaje", clase: "num", dato: ({ puntaje }) => conComa(puntaje ?? "") },
  { nombre: "Puesto reservado", dato: ({ reserva }) => reserva ?? "", vacio: "No" },
  { nombre: "Por qué", dato: ({ motivo_texto: motivo }) => motivo ?? "" },
];

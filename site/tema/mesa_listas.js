// Las listas de una selección, en su orden, y lo que explica a cada una.

import { porLlegada } from "./mesa_memoria.js";
import { conComa, crear, direccionDeFicha, palabraDe } from "./mesa_piezas.js";

/** Todas las listas, con los cupos que se guardan para un grupo. `reservas` son los cupos asegurados de la convocatoria. */
export function listas({ seleccionadas, espera, no_seleccionadas: no, sin_decidir: sinDecidir = [], guardados = [] }, { reservas = [] }) {
  return [
    unaLista("Seleccionadas", seleccionadas, "abierta"),
    guardados.length > 0 && crear("p", { class: "aviso" }, guardados.map(({ titulo, cupos }) => crear("span", { class: "m-renglon" },
      `${cupos === 1 ? "Se guarda 1 puesto" : `Se guardan ${cupos} puestos`} para: ${titulo}. Todavía puede llegar alguien del grupo.`))),
    unaLista("Lista de espera", espera, "espera"),
    espera.length > 0 && reservas.length > 0 && crear("p", { class: "aviso" }, "Un cupo asegurado pasa primero a su grupo: puede entrar antes alguien que está más atrás en la lista."),
    unaLista("No seleccionadas", no, "no"),
    sinDecidir.length > 0 && unaLista("Sin decidir todavía", sinDecidir, ""),
    sinDecidir.length > 0 && crear("p", { class: "aviso" }, "Esperan a que se revise una que llegó antes, o a que se ocupe un puesto guardado."),
  ];
}

const ESTADOS = {
  seleccionadas: ["seleccionada", "ofrecida", "confirmada", "participo", "no_asistio", "egresada"],
  espera: ["lista_de_espera"],
  no_seleccionadas: ["no_seleccionada"],
};

/** Las listas como están hoy, cada una en su orden; nada si todavía no se elige a nadie. */
export function listasDeHoy({ id, modo_seleccion: modo }, { postulaciones }) {
  const orden = modo === "puntaje" ? (una, otra) => Number(otra.puntaje) - Number(una.puntaje) : () => 0;
  const suyas = porLlegada(postulaciones.filter(({ convocatoria }) => convocatoria === id));
  const hoy = Object.fromEntries(Object.entries(ESTADOS).map(([lista, estados]) => (
    [lista, suyas.filter(({ estado }) => estados.includes(estado)).sort(orden)])));
  hoy.espera.sort((una, otra) => una.lugar - otra.lugar);
  return Object.values(hoy).some((filas) => filas.length > 0) ? hoy : null;
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
  { nombre: "Lugar", clase: "num", dato: ({ lugar }) => String(lugar ?? "") },
  { nombre: "Empresa", siempre: true, dato: ({ nombre }) => nombre },
  { nombre: "Puntaje", clase: "num", dato: ({ puntaje }) => conComa(puntaje ?? "") },
  { nombre: "Puesto reservado", dato: ({ reserva }) => reserva ?? "", vacio: "No" },
  { nombre: "Estado", dato: ({ estado, estado_texto: texto }) => (estado ? palabraDe(estado, texto) : "") },
  { nombre: "Por qué", dato: ({ motivo_texto: motivo }) => motivo ?? "" },
];

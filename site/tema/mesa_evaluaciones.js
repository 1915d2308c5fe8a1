// Lo que ya calificaron otras personas, el promedio, y quién se abstuvo.

import { conComa, crear } from "./mesa_piezas.js";

/** Cuántas notas van y el puntaje, si ya está. */
export function resumenDeNotas({ puntaje, evaluadores = 1, notas_puestas: puestas = 0 }) {
  const van = evaluadores > 1 && `Ponen nota ${evaluadores} personas y el puntaje es su promedio. ${puestas === 1 ? "Va 1." : `Van ${puestas}.`} `;
  if (!van && puntaje === null) return null;
  return crear("p", { class: "guia" }, van, puntaje !== null && ["Puntaje guardado: ", crear("strong", { class: "num" }, conComa(puntaje))]);
}

/** Las notas de otras personas y las abstenciones que esta persona puede ver. */
export function otrasNotas(detalle, { criterios }) {
  const { evaluaciones = [], abstenciones = [], puntaje, notas = {}, evaluadores = 1 } = detalle;
  const otras = evaluaciones.filter(({ propia }) => !propia);
  return [
    ...otras.map((evaluacion, lugar) => unaEvaluacion(evaluacion, criterios, otras.length > 1 ? ` ${lugar + 1}` : "")),
    puntaje !== null && evaluadores > 1 && promedio(criterios, notas),
    ...abstenciones.filter(({ propia }) => !propia).map(unaAbstencion),
  ].filter(Boolean);
}

function unaEvaluacion({ cuando_texto: cuando, notas, justificaciones, puntaje }, criterios, cual) {
  return crear("section", { class: "m-otra" },
    crear("h3", {}, `La nota de otra persona${cual}: `, crear("span", { class: "num" }, puntaje === null ? "la pauta cambió después" : conComa(puntaje))),
    crear("p", { class: "chico" }, cuando),
    crear("ul", { class: "lista" }, criterios.map(({ criterio, titulo }) => crear("li", {},
      crear("b", {}, `${titulo}: `, crear("span", { class: "num" }, conComa(notas[criterio] ?? "sin nota"))),
      crear("span", { class: "m-texto" }, justificaciones[criterio] ?? "")))));
}

function promedio(criterios, notas) {
  return crear("section", { class: "m-otra" },
    crear("h3", {}, "El promedio de cada criterio"),
    crear("ul", { class: "lista" }, criterios.map(({ criterio, titulo }) => crear("li", {},
      `${titulo}: `, crear("strong", { class: "num" }, conComa(notas[criterio] ?? "—"))))));
}

const unaAbstencion = ({ cuando_texto: cuando, motivo }) => crear("p", { class: "aviso" },
  `Una persona se abstuvo el ${cuando}. `, motivo && crear("span", { class: "m-texto" }, `Su razón: ${motivo}`));

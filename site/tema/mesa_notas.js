// Las notas por criterio, cada una con su razón: las propias se escriben; las de otras personas se ven después.

import { otrasNotas, resumenDeNotas } from "./mesa_evaluaciones.js";
import { seccion } from "./mesa_expediente.js";
import { campo, conComa, crear, unaVez } from "./mesa_piezas.js";

export const idDeNota = (criterio) => `nota-${criterio}`;
export const idDeRazon = (criterio) => `razon-${criterio}`;

// La razón de cada nota va junto a ella; la del paso entero es siempre la misma.
const MOTIVO = "Notas puestas con la pauta, cada una con su razón.";
const EN_PAUTA = ["admisible", "evaluada"];
const criteriosDe = (convocatoria) => convocatoria?.criterios ?? [];

export const puedeCalificar = (detalle, convocatoria) =>
  detalle.acciones.includes("evaluada") && criteriosDe(convocatoria).length > 0;

/** La sección de notas, o nada si esta postulación no llegó a la pauta. */
export function notas(detalle, borrador, convocatoria, atender) {
  if (criteriosDe(convocatoria).length === 0) return null;
  const otras = otrasNotas(detalle, convocatoria);
  if (!EN_PAUTA.includes(detalle.estado) && otras.length === 0) return null;
  return seccion("notas", "Notas",
    resumenDeNotas(detalle),
    puedeCalificar(detalle, convocatoria) ? formulario(detalle, borrador, convocatoria, atender)
      : EN_PAUTA.includes(detalle.estado) && [crear("p", { class: "aviso" }, porQueNo(detalle)), loEscrito(borrador)],
    otras);
}

// Por qué a esta persona no le toca poner nota.
function porQueNo(detalle) {
  if (detalle.te_abstuviste) return "Te abstuviste: aquí ponen nota otras personas.";
  if (detalle.notas_puestas >= detalle.evaluadores) return "Ya están las notas que pide la convocatoria. Solo quien puso una puede cambiarla.";
  return "Se califica sin saber de quién es, y tú revisaste sus requisitos: la nota la pone otra persona.";
}

// Si dejó de tocarle mientras escribía, sus razones siguen a la vista.
function loEscrito({ razones }) {
  const escritas = Object.values(razones).filter((razon) => razon.trim());
  return escritas.length > 0 && [crear("p", {}, crear("b", {}, "Lo que habías escrito")), crear("p", { class: "m-texto" }, escritas.join("\n"))];
}

function formulario(detalle, borrador, convocatoria, { alCambiar, alGuardar }) {
  const propia = notaPropia(detalle);
  const boton = crear("button", { type: "submit", class: "boton" }, propia ? "Cambiar mi nota" : "Poner nota");
  return crear("form", {
    novalidate: true, class: "m-notas",
    al: {
      input: ({ target }) => alCambiar(target.dataset.parte, target.dataset.criterio, target.value),
      submit: (suceso) => {
        suceso.preventDefault();
        unaVez(boton, alGuardar);
      },
    },
  }, convocatoria.criterios.map((criterio) => unCriterio(criterio, propia, borrador)), boton);
}

const notaPropia = ({ evaluaciones = [] }) => evaluaciones.find(({ propia }) => propia);

function unCriterio(criterio, propia, borrador) {
  const { criterio: id, titulo, descripcion, ponderacion, descriptores = [], escala_minima: minima, escala_maxima: maxima } = criterio;
  const nota = crear("input", { type: "text", inputmode: "decimal", autocomplete: "off", class: "num m-nota", "data-parte": "notas", "data-criterio": id });
  nota.value = borrador.notas[id] ?? conComa(propia?.notas[id] ?? "");
  const razon = crear("textarea", { rows: "2", maxlength: "1000", "data-parte": "razones", "data-criterio": id });
  razon.value = borrador.razones[id] ?? propia?.justificaciones[id] ?? "";
  return crear("fieldset", { class: "m-regla" },
    crear("legend", {}, `${titulo} `, crear("span", { class: "chico" }, `vale ${ponderacion} %`)),
    descripcion && crear("p", { class: "ayuda" }, descripcion),
    descriptores.length > 0 && crear("dl", { class: "m-prueba" }, descriptores.map(({ nota: cual, texto }) => (
      crear("div", {}, crear("dt", { class: "num" }, `Nota ${conComa(cual)}`), crear("dd", {}, texto))))),
    crear("div", { class: "m-criterio" },
      campo(idDeNota(id), `Nota de ${conComa(minima)} a ${conComa(maxima)}`, null, nota),
      campo(idDeRazon(id), "Por qué esa nota", null, razon)));
}

/** Lo escrito hoy en el formulario: borrador sobre lo ya guardado por esta persona. */
export function escrito(detalle, borrador, convocatoria) {
  const propia = notaPropia(detalle);
  return convocatoria.criterios.map(({ criterio, titulo, escala_minima: minima, escala_maxima: maxima }) => ({
    criterio, titulo, minima, maxima,
    nota: (borrador.notas[criterio] ?? String(propia?.notas[criterio] ?? "")).trim().replace(",", "."),
    razon: (borrador.razones[criterio] ?? propia?.justificaciones[criterio] ?? "").trim(),
  }));
}

export function faltasDeNotas(filas) {
  return filas.flatMap(({ criterio, titulo, minima, maxima, nota, razon }) => {
    const faltas = [];
    const dentro = /^\d{1,3}(\.\d{1,2})?$/.test(nota) && Number(nota) >= Number(minima) && Number(nota) <= Number(maxima);
    if (!dentro) faltas.push({ id: idDeNota(criterio), texto: `${titulo}: escribe una nota de ${conComa(minima)} a ${conComa(maxima)}` });
    if (!razon) faltas.push({ id: idDeRazon(criterio), texto: `${titulo}: escribe por qué esa nota` });
    return faltas;
  });
}

export function cuerpoDeNotas(detalle, filas) {
  return {
    version: detalle.version,
    decision: "evaluada",
    motivo: MOTIVO,
    notas: Object.fromEntries(filas.map(({ criterio, nota }) => [criterio, nota])),
    justificaciones: Object.fromEntries(filas.map(({ criterio, razon }) => [criterio, razon])),
  };
}

/** Qué decir después de guardar: el puntaje si ya está, o cuántas personas faltan. */
export function dichoDeNotas({ puntaje, evaluadores, notas_puestas: puestas }) {
  if (puntaje !== null) return `Guardamos tu nota. Puntaje: ${conComa(puntaje)}.`;
  // Las puestas con una pauta que después cambió no cuentan: al menos falta una.
  const faltan = Math.max(evaluadores - puestas, 1);
  return `Guardamos tu nota. ${faltan === 1 ? "Falta la de otra persona" : `Faltan las de ${faltan} personas`} para tener el puntaje.`;
}

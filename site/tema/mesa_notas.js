// Las notas por criterio, cada una con su justificación.

import { seccion } from "./mesa_expediente.js";
import { campo, conComa, crear, unaVez } from "./mesa_piezas.js";

export const idDeNota = (criterio) => `nota-${criterio}`;
const idDeRazon = (criterio) => `razon-${criterio}`;

export const puedeCalificar = (detalle, convocatoria) =>
  detalle.acciones.includes("evaluada") && (convocatoria?.criterios ?? []).length > 0;

export function notas(detalle, borrador, convocatoria, { alCambiar, alGuardar }) {
  const boton = crear("button", { type: "submit", class: "boton" }, "Poner nota");
  const formulario = crear("form", {
    novalidate: true, class: "m-notas",
    al: {
      input: ({ target }) => alCambiar(target.dataset.parte, target.dataset.criterio, target.value),
      submit: (suceso) => {
        suceso.preventDefault();
        unaVez(boton, alGuardar);
      },
    },
  }, convocatoria.criterios.map((criterio) => unCriterio(criterio, detalle, borrador)), boton);
  return seccion("notas", "Notas",
    detalle.puntaje && crear("p", { class: "guia" }, "Puntaje guardado: ", crear("strong", { class: "num" }, conComa(detalle.puntaje))),
    formulario);
}

function unCriterio(criterio, detalle, borrador) {
  const { criterio: id, titulo, descripcion, ponderacion, escala_minima: minima, escala_maxima: maxima } = criterio;
  const nota = crear("input", { type: "text", inputmode: "decimal", autocomplete: "off", class: "num m-nota", "data-parte": "notas", "data-criterio": id });
  nota.value = borrador.notas[id] ?? conComa(detalle.notas?.[id] ?? "");
  const razon = crear("textarea", { rows: "2", maxlength: "600", "data-parte": "razones", "data-criterio": id });
  razon.value = borrador.razones[id] ?? razonGuardada(detalle, titulo);
  return crear("fieldset", { class: "m-regla" },
    crear("legend", {}, `${titulo} `, crear("span", { class: "chico" }, `vale ${ponderacion} %`)),
    descripcion && crear("p", { class: "ayuda" }, descripcion),
    crear("div", { class: "m-criterio" },
      campo(idDeNota(id), `Nota de ${conComa(minima)} a ${conComa(maxima)}`, null, nota),
      campo(idDeRazon(id), "Por qué esa nota", null, razon)));
}

/** Lo escrito hoy en el formulario: borrador sobre lo ya guardado. */
export function escrito(detalle, borrador, convocatoria) {
  return convocatoria.criterios.map(({ criterio, titulo, escala_minima: minima, escala_maxima: maxima }) => ({
    criterio, titulo, minima, maxima,
    nota: (borrador.notas[criterio] ?? String(detalle.notas?.[criterio] ?? "")).trim().replace(",", "."),
    razon: (borrador.razones[criterio] ?? razonGuardada(detalle, titulo)).trim(),
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
    motivo: filas.map(({ titulo, razon }) => `${titulo}: ${razon.replaceAll("\n", " ")}`).join("\n"),
    notas: Object.fromEntries(filas.map(({ criterio, nota }) => [criterio, nota])),
  };
}

// El motivo guardado tiene un renglón por criterio: de ahí vuelve cada justificación.
function razonGuardada({ estado, motivo }, titulo) {
  if (estado !== "evaluada") return "";
  return (motivo ?? "").split("\n").find((renglon) => renglon.startsWith(`${titulo}: `))?.slice(titulo.length + 2) ?? "";
}

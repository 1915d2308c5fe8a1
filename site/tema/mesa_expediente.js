// Lo que trae una postulación para leer: respuestas, historia y correos avisados.

import { comoLlego } from "./mesa_llego.js";
import { crear, palabraDe } from "./mesa_piezas.js";

const PAPELES = { postulante: "Quien postuló", personal: "El equipo", sistema: "El sistema" };

export function respuestas({ respuestas: dichas }) {
  return seccion("respuestas", "Lo que respondió", crear(
    "dl", { class: "resumen" },
    dichas.map(({ titulo, texto }) => crear("div", {}, crear("dt", {}, titulo), crear("dd", { class: "m-texto" }, texto || "Sin respuesta"))),
  ));
}

export function historia({ historia: pasos }) {
  return seccion("historia", "Historia", crear("ol", { class: "lista" }, pasos.map((paso) => crear(
    "li", {},
    crear("b", {}, palabraDe(paso.a, paso.a_texto)),
    crear("span", { class: "chico" }, [paso.cuando_texto, PAPELES[paso.papel] ?? paso.papel, paso.oficina].filter(Boolean).join(" · ")),
    paso.motivo && crear("p", { class: "m-texto m-motivo" }, paso.motivo),
  ))));
}

export function avisos({ avisos: mandados }) {
  return seccion("avisos", "Correos que se le mandaron", mandados.length === 0
    ? crear("p", {}, "Todavía no hay correos.")
    : crear("ul", { class: "lista" }, mandados.map((aviso) => crear(
      "li", {}, crear("b", {}, aviso.estado_texto), crear("span", { class: "chico" }, comoLlego(aviso)),
    ))));
}

export function seccion(id, titulo, ...contenido) {
  return crear("section", { "aria-labelledby": `t-${id}` }, crear("h2", { id: `t-${id}` }, titulo), ...contenido);
}

// La decisión de la persona sobre una postulación, con su razón escrita.

import { correcciones, faltasDeCorrecciones, pedidas } from "./mesa_correcciones.js";
import { campo, crear, palabraDe, unaVez } from "./mesa_piezas.js";
import { esCupo, ID_DE_REGLAS, idDeRegla, marcados, soloRequisitos } from "./mesa_requisitos.js";
import { puedeResolver } from "./mesa_sesion.js";

const SIN_ESCRIBIR = {
  admisible: "Cumple los requisitos revisados.",
  en_correccion: "Corrige lo que te pedimos y envíalo otra vez.",
};
const DECISIONES = {
  admisible: {
    nombre: "Cumple los requisitos",
    boton: "Guardar: cumple los requisitos",
    ayuda: `Si la dejas vacía queda: «${SIN_ESCRIBIR.admisible}»`,
  },
  no_admisible: {
    nombre: "No cumple",
    boton: "Guardar y avisar que no cumple",
    ayuda: "Va en su correo. Di qué regla no cumple, qué viste y cómo se corrige.",
  },
  en_correccion: {
    nombre: "Pedir que corrija",
    boton: "Pedir que corrija",
    ayuda: `Va en su correo, junto a lo pedido. Si la dejas vacía queda: «${SIN_ESCRIBIR.en_correccion}»`,
  },
  recibida: {
    nombre: "Volver a revisar",
    boton: "Volver a revisar",
    ayuda: "Di por qué vuelve a la cola de revisión.",
  },
  lista_de_espera: {
    nombre: "Volver a la lista de espera",
    boton: "Volver a la lista de espera",
    ayuda: "Va en su correo. Di por qué vuelve: conserva el turno que tenía.",
  },
};
// Quien ya tiene un puesto o un lugar en la espera lo deja al decidir que no cumple.
const CON_LUGAR = ["seleccionada", "ofrecida", "confirmada", "lista_de_espera"];
const LIBERA = {
  nombre: "No cumple: sacarla",
  boton: "Sacarla y avisar que no cumple",
  ayuda: "Va en su correo. Deja su lugar, y si era un puesto se le ofrece a quien sigue.",
};
// Quien ya tiene nota y vuelve a cumplir se califica de nuevo, desde cero.
const RECALIFICA = {
  nombre: "Volver a calificar",
  boton: "Borrar las notas y volver a calificar",
  ayuda: "Borra las notas de todas las personas. Di por qué se califica otra vez.",
};
// Contra lo propuesto, la razón de siempre no basta.
const CONTRADICE = { ...DECISIONES.admisible, ayuda: "El sistema propone que no cumple: di qué viste tú." };
// Con estas se miran las reglas; volver a la espera no las toca.
const MIRAN_REGLAS = ["admisible", "no_admisible", "en_correccion", "recibida"];

/** Las decisiones que esta persona puede tomar ahora. */
export const decisionesDe = (detalle) => Object.keys(DECISIONES).filter((decision) => (
  detalle.acciones.includes(decision) && !(detalle.a_ciegas && decision === "no_admisible")));
export const revisaReglas = (detalle) => decisionesDe(detalle).some((decision) => MIRAN_REGLAS.includes(decision));

const recalifica = (opcion, { estado }) => opcion === "admisible" && estado === "evaluada";

const contradice = (opcion, detalle) => opcion === "admisible" && detalle.estado === "recibida"
  && soloRequisitos(detalle).some(({ resultado }) => resultado === "no_cumple");

function palabras(opcion, detalle) {
  if (contradice(opcion, detalle)) return CONTRADICE;
  if (recalifica(opcion, detalle)) return RECALIFICA;
  return opcion === "no_admisible" && CON_LUGAR.includes(detalle.estado) ? LIBERA : DECISIONES[opcion];
}

export function decision(detalle, borrador, { alCambiar, alGuardar }) {
  const posibles = decisionesDe(detalle);
  if (posibles.length === 0) return sinDecision(detalle, borrador);
  const elegida = posibles.includes(borrador.decision) ? borrador.decision : "";
  const motivo = crear("textarea", { rows: "5", maxlength: "2000" });
  motivo.value = borrador.motivo;
  const cajaDelMotivo = campo("motivo", "Tu razón", "La lee la persona que postuló.", motivo);
  const porCorregir = correcciones(detalle, borrador, (pedidas) => alCambiar({ correcciones: pedidas }));
  const boton = crear("button", { type: "submit", class: "boton" }, "Guardar mi decisión");
  const mostrar = (opcion) => {
    const dicho = opcion ? palabras(opcion, detalle) : null;
    cajaDelMotivo.querySelector(".ayuda").textContent = dicho?.ayuda ?? "La lee la persona que postuló.";
    boton.textContent = dicho?.boton ?? "Guardar mi decisión";
    porCorregir.hidden = opcion !== "en_correccion";
  };
  mostrar(elegida);
  return crear(
    "form", {
      class: "caja", novalidate: true, "aria-labelledby": "t-decision",
      al: {
        input: ({ target }) => target === motivo && alCambiar({ motivo: motivo.value }),
        change: ({ target }) => {
          if (target.name !== "decision") return;
          mostrar(target.value);
          alCambiar({ decision: target.value });
        },
        // Desde la razón también se guarda sin soltar el teclado.
        keydown: (suceso) => { if (suceso.key === "Enter" && suceso.ctrlKey) suceso.currentTarget.requestSubmit(); },
        submit: (suceso) => {
          suceso.preventDefault();
          unaVez(boton, alGuardar);
        },
      },
    },
    crear("h2", { id: "t-decision" }, "Tu decisión"),
    crear("fieldset", { class: "m-decisiones campo" }, crear("legend", { class: "oculto" }, "Qué decides"),
      posibles.map((opcion) => crear("label", { class: "opcion" },
        crear("input", { type: "radio", name: "decision", id: `decision-${opcion}`, value: opcion, checked: opcion === elegida }),
        crear("span", {}, palabras(opcion, detalle).nombre)))),
    porCorregir,
    cajaDelMotivo,
    boton,
  );
}

function sinDecision(detalle, { motivo, correcciones: escritas }) {
  const escrito = [motivo, ...escritas.map(({ texto }) => texto)].filter((texto) => texto.trim()).join("\n");
  return crear("div", { class: "caja" }, crear("h2", {}, "Tu decisión"),
    crear("p", {}, porQueNo(detalle)),
    detalle.estado === "recurrida" && puedeResolver() && crear("p", {}, crear("a", { class: "toque", href: `#/recursos/${detalle.folio}` }, "Ver su recurso")),
    escrito && [crear("p", {}, crear("b", {}, "Lo que habías escrito")), crear("p", { class: "m-texto" }, escrito)]);
}

function porQueNo({ estado, estado_texto: texto, te_abstuviste: abstenida, por_que_no: porque, a_ciegas: ciegas }) {
  if (abstenida) return "Te abstuviste: aquí decide otra persona.";
  if (porque && estado === "recibida") return porque;
  if (ciegas) return "Se califica a ciegas: aquí solo se pone nota. Si algo ya no cumple, se decide después de elegir.";
  return `Está en «${palabraDe(estado, texto)}»: ahora no hay nada que decidir aquí.`;
}

/** Lo que falta para guardar esa decisión, como {id, texto}. */
export function faltasDe(detalle, borrador) {
  const posibles = decisionesDe(detalle);
  const valen = marcados(detalle, borrador);
  const noCumplidas = soloRequisitos(detalle).filter(({ regla }) => valen[regla] === "no_cumple");
  if (!posibles.includes(borrador.decision)) return [{ id: `decision-${posibles[0]}`, texto: "Elige qué decides" }];
  const faltas = [];
  // La retenida se puede negar por duplicada: basta la razón escrita.
  if (borrador.decision === "no_admisible" && noCumplidas.length === 0 && detalle.estado !== "retenida") {
    faltas.push({ id: ID_DE_REGLAS, texto: "Marca al menos una regla como «No cumple»" });
  }
  if (borrador.decision === "admisible") {
    faltas.push(...noCumplidas.map(({ regla, titulo }) => (
      { id: idDeRegla(regla), texto: `Marcaste que no cumple «${titulo}»: cámbialo, o decide «No cumple»` })));
    if (detalle.estado === "recibida") faltas.push(...sinMirar(detalle, valen));
  }
  if (borrador.decision === "en_correccion") faltas.push(...faltasDeCorrecciones(borrador));
  if ((!(borrador.decision in SIN_ESCRIBIR) || recalifica(borrador.decision, detalle)) && !borrador.motivo.trim()) {
    faltas.push({ id: "motivo", texto: "Escribe tu razón" });
  } else if (contradice(borrador.decision, detalle) && !borrador.motivo.trim()) {
    faltas.push({ id: "motivo", texto: "Escribe tu razón: el sistema propone que no cumple" });
  }
  return faltas;
}

// Lo que el sistema no da por cumplido lo tiene que mirar una persona.
function sinMirar({ hallazgos }, valen) {
  return hallazgos.flatMap(({ regla, titulo, resultado }) => {
    if (esCupo(regla)) return valen[regla] ? [] : [{ id: idDeRegla(regla), texto: `«${titulo}»: marca si lo acreditó` }];
    if (resultado === "cumple" || ["cumple", "no_cumple"].includes(valen[regla])) return [];
    return [{ id: idDeRegla(regla), texto: `«${titulo}»: mira el documento y marca si cumple` }];
  });
}

/** El cuerpo que recibe la función. */
export function cuerpoDe(detalle, borrador) {
  const { decision: elegida } = borrador;
  return {
    version: detalle.version,
    decision: elegida,
    motivo: borrador.motivo.trim() || SIN_ESCRIBIR[elegida],
    ...(MIRAN_REGLAS.includes(elegida) && { hallazgos: marcados(detalle, borrador) }),
    ...(elegida === "en_correccion" && { correcciones: pedidas(borrador) }),
  };
}

export const nombreDe = (opcion, detalle) => palabras(opcion, detalle).nombre;

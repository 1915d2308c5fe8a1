// La decisión de la persona sobre una postulación, con su razón escrita.

import { campo, crear, palabraDe, unaVez } from "./mesa_piezas.js";
import { idDeRegla, marcados } from "./mesa_requisitos.js";

const RAZON_DE_CUMPLE = "Cumple los requisitos revisados.";
const DECISIONES = {
  admisible: {
    nombre: "Cumple los requisitos",
    boton: "Guardar: cumple los requisitos",
    ayuda: `Si la dejas vacía queda: «${RAZON_DE_CUMPLE}»`,
  },
  no_admisible: {
    nombre: "No cumple",
    boton: "Guardar y avisar que no cumple",
    ayuda: "Va en su correo. Di qué regla no cumple, qué viste y cómo se corrige.",
  },
  en_correccion: {
    nombre: "Pedir que corrija",
    boton: "Pedir que corrija",
    ayuda: "Va en su correo. Di qué falta y qué tiene que mandar.",
  },
  recibida: {
    nombre: "Volver a revisar",
    boton: "Volver a revisar",
    ayuda: "Di por qué vuelve a la cola de revisión.",
  },
};

/** Las decisiones que esta persona puede tomar ahora. */
export const decisionesDe = (detalle) => Object.keys(DECISIONES).filter((decision) => detalle.acciones.includes(decision));

export function decision(detalle, borrador, { alCambiar, alGuardar }) {
  const posibles = decisionesDe(detalle);
  if (posibles.length === 0) return sinDecision(detalle, borrador);
  const elegida = posibles.includes(borrador.decision) ? borrador.decision : "";
  const motivo = crear("textarea", { rows: "5", maxlength: "2000" });
  motivo.value = borrador.motivo;
  const cajaDelMotivo = campo("motivo", "Tu razón", "La lee la persona que postuló.", motivo);
  const boton = crear("button", { type: "submit", class: "boton" }, "Guardar mi decisión");
  const mostrar = (opcion) => {
    cajaDelMotivo.querySelector(".ayuda").textContent = DECISIONES[opcion]?.ayuda ?? "La lee la persona que postuló.";
    boton.textContent = DECISIONES[opcion]?.boton ?? "Guardar mi decisión";
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
        crear("span", {}, DECISIONES[opcion].nombre)))),
    cajaDelMotivo,
    boton,
  );
}

function sinDecision({ estado, estado_texto: texto }, { motivo }) {
  return crear("div", { class: "caja" }, crear("h2", {}, "Tu decisión"),
    crear("p", {}, `Está en «${palabraDe(estado, texto)}»: ahora no hay nada que decidir aquí.`),
    motivo && [crear("p", {}, crear("b", {}, "Lo que habías escrito")), crear("p", { class: "m-texto" }, motivo)]);
}

/** Lo que falta para guardar esa decisión, como {id, texto}. */
export function faltasDe(detalle, borrador) {
  const posibles = decisionesDe(detalle);
  const valen = marcados(detalle, borrador);
  const noCumplidas = detalle.hallazgos.filter(({ regla }) => valen[regla] === "no_cumple");
  if (!posibles.includes(borrador.decision)) return [{ id: `decision-${posibles[0]}`, texto: "Elige qué decides" }];
  const faltas = [];
  // La retenida se puede negar por duplicada: basta la razón escrita.
  if (borrador.decision === "no_admisible" && noCumplidas.length === 0 && detalle.estado !== "retenida") {
    faltas.push({ id: idDeRegla(detalle.hallazgos[0].regla), texto: "Marca al menos una regla como «No cumple»" });
  }
  if (borrador.decision === "admisible") {
    faltas.push(...noCumplidas.map(({ regla, titulo }) => (
      { id: idDeRegla(regla), texto: `Marcaste que no cumple «${titulo}»: cámbialo, o decide «No cumple»` })));
  }
  if (borrador.decision !== "admisible" && !borrador.motivo.trim()) {
    faltas.push({ id: "motivo", texto: "Escribe tu razón" });
  }
  return faltas;
}

/** El cuerpo que recibe la función. */
export function cuerpoDe(detalle, borrador) {
  const motivo = borrador.motivo.trim() || (borrador.decision === "admisible" ? RAZON_DE_CUMPLE : "");
  return { version: detalle.version, decision: borrador.decision, motivo, hallazgos: marcados(detalle, borrador) };
}

export const nombreDe = (opcion) => DECISIONES[opcion].nombre;

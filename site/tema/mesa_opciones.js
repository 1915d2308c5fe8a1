// El formulario con que se elige una salida y se escribe la razón: lo usan los recursos y las fichas del catálogo.

import { callar, mostrarErrores } from "./mesa_avisos.js";
import { campo, crear, unaVez } from "./mesa_piezas.js";

/**
 * `opciones` es {opcion: {nombre, boton}}; `elegida`, la que estaba marcada. El botón dice lo que va a pasar.
 * `alCambiar` recibe lo que cambió, `alGuardar` hace el envío y `antes` es lo que se lee primero.
 */
export function formularioDeDecision({ titulo, pregunta, boton: sinElegir, opciones, elegida, ayuda, motivo: escrito, alCambiar, alGuardar, antes }) {
  const motivo = crear("textarea", { rows: "6", maxlength: "2000", al: { input: () => alCambiar({ motivo: motivo.value }) } });
  motivo.value = escrito;
  const boton = crear("button", { type: "submit", class: "boton" }, opciones[elegida]?.boton ?? sinElegir);
  const elegir = ({ target }) => {
    if (target.name !== "decision") return;
    boton.textContent = opciones[target.value].boton;
    alCambiar({ decision: target.value });
  };
  const guardar = (suceso) => {
    suceso.preventDefault();
    unaVez(boton, alGuardar);
  };
  return crear("form", { class: "caja", novalidate: true, "aria-labelledby": "t-decidir", al: { change: elegir, submit: guardar } },
    crear("h2", { id: "t-decidir" }, titulo),
    antes,
    crear("fieldset", { class: "m-decisiones campo" }, crear("legend", { class: "oculto" }, pregunta),
      Object.entries(opciones).map(([opcion, { nombre }]) => crear("label", { class: "opcion" },
        crear("input", { type: "radio", name: "decision", id: `decision-${opcion}`, value: opcion, checked: opcion === elegida }),
        crear("span", {}, nombre)))),
    campo("motivo", "Tu razón", ayuda, motivo),
    boton);
}

/** Manda si no falta nada: `enviar` guarda y muestra cómo quedó; lo que falle lo cuenta `explicar`. */
export async function guardarDecision(faltas, enviar, explicar) {
  callar();
  if (faltas.length > 0) return mostrarErrores("Falta algo para guardar", null, faltas);
  try {
    return await enviar();
  } catch (falla) {
    return explicar(falla);
  }
}

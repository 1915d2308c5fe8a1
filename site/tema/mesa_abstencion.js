// Abstenerse: quien tiene un conflicto de interés lo dice aquí, y ya no decide ni pone nota en esta postulación.

import { campo, crear, unaVez } from "./mesa_piezas.js";

export const ID_DE_ABSTENCION = "abstencion";

const SI_DECIDE = "Si te abstienes, otra persona decide y pone nota aquí. Si ya pusiste una, se retira. No se deshace.";
const SI_RESUELVE = "Si te abstienes, este recurso lo resuelve otra persona. No se deshace.";

/** El formulario, o nada si ya no corresponde abstenerse. */
export function abstencion(detalle, borrador, { alCambiar, alGuardar }) {
  if (!detalle.puede_abstenerse) return null;
  const motivo = crear("textarea", { rows: "3", maxlength: "2000", al: { input: () => alCambiar(motivo.value) } });
  motivo.value = borrador.abstencion;
  const boton = crear("button", { type: "submit", class: "boton b2 chica" }, "Abstenerme");
  const guardar = (suceso) => {
    suceso.preventDefault();
    unaVez(boton, alGuardar);
  };
  return crear("details", { class: "m-abstencion", open: borrador.abstencion !== "" },
    crear("summary", {}, "Tengo un conflicto de interés"),
    crear("form", { novalidate: true, "aria-label": "Abstenerme", al: { submit: guardar } },
      crear("p", {}, detalle.estado === "recurrida" ? SI_RESUELVE : SI_DECIDE),
      campo(ID_DE_ABSTENCION, "Cuál es el conflicto", "La ve solo el equipo.", motivo),
      boton));
}

export const faltasDeAbstencion = ({ abstencion: motivo }) => (motivo.trim() ? [] : [{ id: ID_DE_ABSTENCION, texto: "Escribe cuál es el conflicto" }]);

export const cuerpoDeAbstencion = ({ version }, { abstencion: motivo }) => ({ version, motivo: motivo.trim() });

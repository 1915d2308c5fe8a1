// La franja que aparece cuando la sesión termina: se entra en otra pestaña y esta sigue tal como estaba.

import { decir } from "./mesa_avisos.js";
import { crear } from "./mesa_piezas.js";
import { prepararOtraEntrada } from "./mesa_sesion.js";

let pendiente = null;

/** Muestra la franja, una sola aunque se pida muchas veces; se cumple cuando la persona entró otra vez. */
export function pedirOtraEntrada() {
  pendiente ??= mostrar().finally(() => { pendiente = null; });
  return pendiente;
}

async function mostrar() {
  const antes = document.activeElement;
  const { direccion, lista } = await prepararOtraEntrada();
  // Con «opener» la otra pestaña puede cerrarse sola al terminar.
  const boton = crear("a", { class: "boton chica", href: direccion, target: "_blank", rel: "opener" }, "Entrar otra vez");
  const franja = crear(
    "div",
    { class: "aviso ojo", role: "alert" },
    crear("p", {}, crear("b", {}, "Tu sesión terminó. "), "Entra otra vez en una pestaña nueva: lo que escribiste sigue aquí."),
    crear("p", {}, boton),
  );
  document.getElementById("mesa-sesion").replaceChildren(franja);
  boton.focus();
  const esLaMisma = await lista;
  franja.remove();
  if (esLaMisma) retomar(antes);
  else empezarDeNuevo();
}

function retomar(antes) {
  decir("Ya entraste otra vez. Lo que escribiste sigue aquí: si estabas guardando, guarda de nuevo.");
  if (antes?.isConnected) antes.focus();
}

// Entró otra persona: lo que dejó escrito la anterior no es suyo, y quien arma las vistas lo borra.
function empezarDeNuevo() {
  document.dispatchEvent(new CustomEvent("mesa:otra-persona"));
}

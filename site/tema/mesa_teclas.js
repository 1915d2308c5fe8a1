// Las teclas de la mesa: J, K y ? nunca actúan mientras se escribe, y se pueden apagar (WCAG 2.1.4).

import { decir } from "./mesa_avisos.js";

const PREFERENCIA = "mesa.teclas";
const SIN_TEXTO = ["radio", "checkbox", "button", "submit"];

let volverA = null;

/** `vecino(paso)` lleva a la ficha de al lado si hay una ficha abierta; si no devuelve false. */
export function atenderTeclas(vecino) {
  const interruptor = document.getElementById("mesa-teclas-activas");
  interruptor.checked = localStorage.getItem(PREFERENCIA) !== "no";
  interruptor.addEventListener("change", () => localStorage.setItem(PREFERENCIA, interruptor.checked ? "si" : "no"));
  document.getElementById("mesa-teclas-cerrar").addEventListener("click", cerrarAyuda);
  document.addEventListener("keydown", (suceso) => {
    if (suceso.key === "Escape" && !ayuda().hidden) return cerrarAyuda();
    if (!interruptor.checked || suceso.ctrlKey || suceso.altKey || suceso.metaKey || escribe(suceso.target)) return;
    const accion = { j: () => mover(1, vecino), k: () => mover(-1, vecino), "?": abrirAyuda }[suceso.key.toLowerCase()];
    if (!accion) return;
    suceso.preventDefault();
    accion();
  });
}

function escribe(donde) {
  if (donde.isContentEditable || donde.matches("textarea, select")) return true;
  return donde.matches("input") && !SIN_TEXTO.includes(donde.type);
}

function mover(paso, vecino) {
  if (vecino(paso)) return;
  const enlaces = [...document.querySelectorAll("#mesa-vista tbody th a")];
  if (enlaces.length === 0) return;
  const aqui = enlaces.findIndex((enlace) => enlace.closest("tr").contains(document.activeElement));
  const destino = aqui < 0 ? 0 : aqui + paso;
  if (enlaces[destino]) enlaces[destino].focus();
  else decir(paso > 0 ? "Es la última de la lista." : "Es la primera de la lista.");
}

const ayuda = () => document.getElementById("mesa-teclas");

function abrirAyuda() {
  if (ayuda().hidden) volverA = document.activeElement;
  ayuda().hidden = false;
  ayuda().querySelector("h2").focus();
}

function cerrarAyuda() {
  ayuda().hidden = true;
  if (volverA?.isConnected) volverA.focus();
}

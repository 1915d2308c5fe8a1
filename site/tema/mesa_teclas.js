// Las teclas de la mesa: las de una letra nunca actúan mientras se escribe, y se pueden apagar (WCAG 2.1.4).

import { decir } from "./mesa_avisos.js";

const PREFERENCIA = "mesa.teclas";
const SIN_TEXTO = ["radio", "checkbox", "button", "submit"];

let volverA = null;

/**
 * `vecino(paso)` lleva a la ficha de al lado si hay una ficha abierta; si no devuelve false.
 * `deLaVista()` son las teclas propias de lo que se está viendo, como {tecla: acción}.
 */
export function atenderTeclas(vecino, deLaVista) {
  enlazarInterruptor(document.getElementById("mesa-teclas-activas"));
  document.getElementById("mesa-teclas-cerrar").addEventListener("click", cerrarAyuda);
  document.addEventListener("keydown", (suceso) => {
    if (suceso.key === "Escape" && !ayuda().hidden) return cerrarAyuda();
    if (!activas() || suceso.ctrlKey || suceso.altKey || suceso.metaKey || escribe(suceso.target)) return;
    const propias = { j: () => mover(1, vecino), k: () => mover(-1, vecino), "?": abrirAyuda };
    const accion = { ...deLaVista(), ...propias }[suceso.key.length === 1 ? suceso.key.toLowerCase() : suceso.key];
    if (!accion) return;
    suceso.preventDefault();
    accion();
  });
}

const activas = () => localStorage.getItem(PREFERENCIA) !== "no";

/** Una casilla que prende y apaga los atajos. Quien los apagó los vuelve a prender desde su página. */
export function enlazarInterruptor(casilla) {
  casilla.checked = activas();
  casilla.addEventListener("change", () => localStorage.setItem(PREFERENCIA, casilla.checked ? "si" : "no"));
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
  document.getElementById("mesa-teclas-activas").checked = activas();
  ayuda().hidden = false;
  ayuda().querySelector("h2").focus();
}

function cerrarAyuda() {
  ayuda().hidden = true;
  if (volverA?.isConnected) volverA.focus();
}

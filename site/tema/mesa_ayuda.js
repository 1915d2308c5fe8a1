// La página de las teclas: las mismas de la ayuda, para quien apagó los atajos o prefiere leerlas con calma.

import { crear } from "./mesa_piezas.js";
import { enlazarInterruptor } from "./mesa_teclas.js";

export function abrirAyuda() {
  const casilla = crear("input", { type: "checkbox", id: "teclas-activas" });
  enlazarInterruptor(casilla);
  const listas = [...document.querySelectorAll("#mesa-teclas dl")].map((lista) => lista.cloneNode(true));
  const nodo = crear("div", { class: "m-angosto" },
    crear("h1", { tabindex: "-1" }, "Teclas de la mesa"),
    crear("p", { class: "guia" }, "Se puede revisar sin soltar el teclado. Mientras escribes, las teclas solo escriben."),
    crear("label", { class: "opcion" }, casilla, crear("span", {}, "Usar las teclas como atajos")),
    crear("h2", {}, "En todas partes"), listas[0],
    crear("h2", {}, "En una ficha"), listas[1]);
  return { titulo: "Teclas de la mesa", nodo };
}

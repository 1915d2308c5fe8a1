// Un archivo que se mira por un enlace firmado: se pide al momento de abrirlo y dura cinco minutos.

import { decir, mostrarFalla } from "./mesa_avisos.js";
import { leer } from "./mesa_api.js";
import { crear, unaVez } from "./mesa_piezas.js";

// Lo que vive el enlace firmado; después se pide otro.
const VIDA_DEL_ENLACE = 5 * 60 * 1000;

/** El botón que pide el enlace; `nombre` es lo que se abre y `palabras`, lo que dice el botón. */
export function botonDeEnlace(camino, nombre, ...palabras) {
  const lugar = crear("span", {});
  const pedir = crear("button", {
    type: "button", class: "boton b2 chica no-print", al: { click: () => unaVez(pedir, () => abrir(camino, nombre, lugar, pedir)) },
  }, ...palabras);
  lugar.append(pedir);
  return lugar;
}

async function abrir(camino, nombre, lugar, pedir) {
  try {
    const { enlace } = await leer(camino);
    const direccion = new URL(enlace, location.origin);
    if (!["https:", "http:"].includes(direccion.protocol)) throw new Error("enlace ajeno");
    const seguir = crear("a", { class: "toque", href: direccion.href, target: "_blank", rel: "noopener" }, `Abrir ${nombre} en otra pestaña`);
    lugar.replaceChildren(seguir);
    // Si el navegador no deja abrirla sola, el enlace queda a mano y con el foco.
    seguir.focus();
    seguir.click();
    decir(`El enlace de ${nombre} sirve por cinco minutos.`);
    setTimeout(() => lugar.replaceChildren(pedir), VIDA_DEL_ENLACE);
  } catch (falla) {
    mostrarFalla(falla);
  }
}

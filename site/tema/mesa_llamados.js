// Lo común a las vistas de una convocatoria: elegir cuál y mostrar sus puestos.

import { leerLista } from "./mesa_memoria.js";
import { crear, demostracion } from "./mesa_piezas.js";

/** La lista y la convocatoria pedida; sin convocatoria, la vista para elegirla. */
export async function elegirConvocatoria(id, titulo, guia, ruta) {
  const lista = await leerLista();
  const elegida = lista.convocatorias.find((convocatoria) => convocatoria.id === id)
    ?? (lista.convocatorias.length === 1 ? lista.convocatorias[0] : null);
  return { lista, elegida, nodo: elegida ? null : indice(lista, titulo, guia, ruta) };
}

function indice({ convocatorias }, titulo, guia, ruta) {
  return crear("div", {},
    crear("h1", { tabindex: "-1" }, titulo),
    crear("p", { class: "guia" }, guia),
    convocatorias.length === 0
      ? crear("p", { class: "aviso" }, "Todavía no hay convocatorias en tu región.")
      : crear("ul", { class: "lista" }, convocatorias.map((convocatoria) => crear("li", {},
        crear("a", { class: "toque", href: `#/${ruta}/${encodeURIComponent(convocatoria.id)}` }, convocatoria.nombre),
        demostracion(convocatoria.demostracion),
        crear("span", { class: "chico m-renglon" }, puestos(convocatoria))))));
}

/** `12 de 15 puestos dados, 3 en lista de espera`. */
export const puestos = ({ cupos, asignados, espera }) => `${asignados} de ${cupos} puestos dados, ${espera} en lista de espera`;

/** `Recibe hasta 120 postulaciones y van 118.`, o nada si la convocatoria no tiene tope. */
export const tope = ({ postulaciones_maximas: maximas, recibidas }) =>
  maximas !== null && `Recibe hasta ${maximas} postulaciones y van ${recibidas}.`;

/** El comienzo de una vista de convocatoria: de cuál se trata, título y para qué es. */
export function encabezado(convocatoria, titulo, ...guia) {
  return crear("div", {},
    crear("p", { class: "chico" }, convocatoria.nombre, demostracion(convocatoria.demostracion)),
    crear("h1", { tabindex: "-1" }, titulo),
    crear("p", { class: "guia" }, ...guia));
}

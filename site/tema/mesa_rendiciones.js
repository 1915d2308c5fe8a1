// Antes de la actividad: quién tiene puesto y todavía debe una rendición. Con una pendiente no puede participar.

import { leer } from "./mesa_api.js";
import { crear, direccionDeFicha, etiquetaDeEstado } from "./mesa_piezas.js";
import { puedeRegistrar } from "./mesa_sesion.js";

/** Lo que dice la nómina sobre esta convocatoria, o nada si este rol no la ve. */
export async function leerRendiciones(convocatoria) {
  try {
    return await leer(`rendiciones?convocatoria=${encodeURIComponent(convocatoria)}`);
  } catch (falla) {
    if (falla.codigo === "sin_permiso") return null;
    throw falla;
  }
}

/** El aviso sobre la lista de asistencia. */
export function avisoDeRendiciones(dicho) {
  if (dicho === null) return null;
  const { corte_texto: corte, pendientes } = dicho;
  if (!corte) {
    return crear("div", { class: "aviso ojo no-print" }, crear("p", {}, crear("b", {}, "Falta la nómina de rendiciones pendientes. "),
      "Cárgala antes de la actividad."), puedeRegistrar() && crear("p", {}, crear("a", { class: "toque", href: "#/registros" }, "Cargar la nómina")));
  }
  if (pendientes.length === 0) return crear("p", { class: "aviso bien no-print" }, `Nadie con puesto debe rendiciones, según la nómina del ${corte}.`);
  return crear("section", { class: "aviso ojo no-print", "aria-labelledby": "t-rendiciones" },
    crear("h2", { id: "t-rendiciones", class: "m-titulo" }, "Rendiciones pendientes"),
    crear("p", {}, `Según la nómina del ${corte}. Con una rendición pendiente no se puede participar: si no la entrega, sácala y su puesto pasa a quien sigue.`),
    crear("ul", { class: "lista" }, pendientes.map((p) => crear("li", { class: "m-documento" },
      crear("span", {}, crear("b", {}, p.nombre), etiquetaDeEstado(p.estado, p.estado_texto ?? p.estado)),
      crear("a", { class: "toque", href: direccionDeFicha(p) }, `Abrir ${p.folio_texto}`)))));
}

// Un renglón de la cola: de quién es, cuándo llegó, cómo va con los requisitos y con la nota.

import { conComa, crear, cuando, demostracion, direccionDeFicha, etiquetaDeEstado, signos } from "./mesa_piezas.js";

/** Los títulos de la tabla; la convocatoria y el puntaje van solo si dicen algo. */
export const columnasDe = ({ conConvocatoria, conPuntaje }) =>
  ["Folio", "Empresa", "Llegó", "Requisitos", conConvocatoria && "Convocatoria", conPuntaje && "Puntaje", "Estado"].filter(Boolean);

/** `marcar(p)` dice si a esa postulación se le pone la marca de demostración junto a su convocatoria. */
export function renglon(p, { conConvocatoria, conPuntaje, evaluadores, marcar }) {
  return crear(
    "tr", { "data-folio": p.folio },
    crear("th", { scope: "row" }, crear("a", { class: "toque num", href: direccionDeFicha(p) }, p.folio_texto)),
    crear("td", { "data-t": "Empresa" }, crear("span", {}, p.nombre, apartes(p).map((aparte) => crear("span", { class: "chico" }, ` · ${aparte}`)))),
    crear("td", { "data-t": "Llegó", class: "num" }, cuando(p.turno, p.turno_texto)),
    crear("td", { "data-t": "Requisitos" }, signos(p.hallazgos)),
    conConvocatoria && crear("td", { "data-t": "Convocatoria" }, crear("span", {}, p.convocatoria_nombre, demostracion(marcar(p)))),
    conPuntaje && crear("td", { "data-t": "Puntaje", class: "num" }, crear("span", {}, comoVaLaNota(p, evaluadores(p)))),
    crear("td", { "data-t": "Estado" }, etiquetaDeEstado(p.estado, p.estado_texto)),
  );
}

const apartes = (p) => [
  p.canal === "presencial" && "presencial", p.a_ciegas && "a ciegas", p.te_abstuviste && "te abstuviste",
  p.ya_calificaste && p.puntaje === null && "ya pusiste tu nota",
].filter(Boolean);

function comoVaLaNota({ puntaje, notas_puestas: puestas = 0 }, evaluadores) {
  if (puntaje !== null && puntaje !== undefined) return conComa(puntaje);
  return puestas > 0 ? `${puestas} de ${evaluadores} notas` : "Sin nota";
}

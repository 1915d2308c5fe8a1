// La bandeja de recursos: quién pidió otra revisión y de qué. La resuelve una persona que no tuvo parte en lo decidido.

import { leer } from "./mesa_api.js";
import { decir } from "./mesa_avisos.js";
import { convocatoriaDe, leerLista } from "./mesa_memoria.js";
import { crear, demostracion, etiquetaDeEstado } from "./mesa_piezas.js";
import { Recurso, recursoQueNoEsta } from "./mesa_recurso.js";
import { puedeResolver } from "./mesa_sesion.js";

const TITULO = "Recursos";
const GUIA = "Aquí llega quien pide otra revisión. La resuelve una persona que no tuvo parte en lo decidido.";
const LARGO = 140;

export const direccionDeRecurso = ({ folio }) => `#/recursos/${encodeURIComponent(folio)}`;

export async function abrirRecursos({ id }) {
  if (!puedeResolver()) return { titulo: TITULO, nodo: bandeja([], "Tu rol no resuelve recursos. Lo hace quien evalúa o el nivel nacional.") };
  const [{ recursos }] = await Promise.all([leer("recursos"), leerLista({ basta: true })]);
  if (id === null) return { titulo: TITULO, nodo: bandeja(recursos, GUIA) };
  const lugar = recursos.findIndex(({ folio }) => folio === id);
  if (lugar < 0) return { titulo: TITULO, nodo: recursoQueNoEsta() };
  return { titulo: `Recurso ${recursos[lugar].folio_texto}`, nodo: new Recurso(recursos[lugar]).nodo, vecino: (paso) => irA(recursos[lugar + paso]) };
}

function irA(recurso) {
  if (recurso) location.hash = direccionDeRecurso(recurso);
  else decir("No hay más recursos en esa dirección de la bandeja.");
}

function bandeja(recursos, guia) {
  return crear("div", {},
    crear("h1", { tabindex: "-1" }, TITULO),
    crear("p", { class: "guia" }, guia),
    puedeResolver() && (recursos.length === 0 ? crear("p", { class: "aviso" }, "No hay ningún recurso por resolver.") : tabla(recursos)));
}

function tabla(recursos) {
  return crear("table", { class: "tabla cola m-recursos" },
    crear("caption", { class: "oculto" }, `${recursos.length} por resolver, primero el que espera más`),
    crear("thead", {}, crear("tr", {}, ["Folio", "Convocatoria", "Desde", "Contra", "Qué dice"].map((c) => crear("th", { scope: "col" }, c)))),
    crear("tbody", {}, recursos.map((recurso) => crear("tr", {},
      crear("th", { scope: "row" }, crear("a", { class: "toque num", href: direccionDeRecurso(recurso) }, recurso.folio_texto)),
      crear("td", { "data-t": "Convocatoria" }, crear("span", {}, recurso.convocatoria_nombre, demostracion(convocatoriaDe(recurso.convocatoria)?.demostracion))),
      crear("td", { "data-t": "Desde" }, crear("span", {}, recurso.presentado_texto)),
      crear("td", { "data-t": "Contra" }, etiquetaDeEstado(recurso.de, recurso.de_texto)),
      crear("td", { "data-t": "Qué dice" }, crear("span", {}, cortar(recurso.texto),
        recurso.por_que_no && crear("span", { class: "chico" }, " · no puedes resolverlo")))))));
}

const cortar = (texto) => (texto.length <= LARGO ? texto : `${texto.slice(0, texto.lastIndexOf(" ", LARGO))}…`);

// Lo que la gente pide sobre sus datos: primero lo que vence antes. La ley da treinta días; para un bloqueo, dos hábiles.

import { leer } from "./mesa_api.js";
import { decir } from "./mesa_avisos.js";
import { Derecho, derechoQueNoEsta } from "./mesa_derecho.js";
import { crear, demostracion } from "./mesa_piezas.js";

const TITULO = "Derechos";
const GUIA = "Aquí llega lo que cada persona pide sobre sus datos. Se responde con una razón y antes de su fecha.";
const RESPUESTAS = { acogido: ["abierta", "Aceptado"], rechazado: ["no", "No aceptado"] };

const llave = ({ folio, numero }) => `${folio}-${numero}`;
export const direccionDeDerecho = (pedido) => `#/derechos/${encodeURIComponent(llave(pedido))}`;

export async function abrirDerechos({ id }) {
  const { derechos } = await leer("derechos");
  if (id === null) return { titulo: TITULO, nodo: bandeja(derechos) };
  const lugar = derechos.findIndex((pedido) => llave(pedido) === id);
  if (lugar < 0) return { titulo: TITULO, nodo: derechoQueNoEsta() };
  return { titulo: `Pedido de ${derechos[lugar].folio_texto}`, nodo: new Derecho(derechos[lugar]).nodo, vecino: (paso) => irA(derechos[lugar + paso]) };
}

function irA(pedido) {
  if (pedido) location.hash = direccionDeDerecho(pedido);
  else decir("No hay más pedidos en esa dirección de la bandeja.");
}

function bandeja(derechos) {
  const esperan = derechos.filter(({ resuelto }) => !resuelto);
  const listos = derechos.filter(({ resuelto }) => resuelto);
  return crear("div", {},
    crear("h1", { tabindex: "-1" }, TITULO),
    crear("p", { class: "guia" }, GUIA),
    crear("h2", {}, `Por responder: ${esperan.length}`),
    esperan.length === 0 ? crear("p", { class: "aviso" }, "No hay ningún pedido por responder.") : tabla(esperan, "Por responder, primero el que vence antes"),
    listos.length > 0 && [crear("h2", {}, `Respondidos: ${listos.length}`), tabla(listos, "Respondidos, por su plazo")]);
}

function tabla(pedidos, leyenda) {
  return crear("table", { class: "tabla cola" },
    crear("caption", { class: "oculto" }, leyenda),
    crear("thead", {}, crear("tr", {}, ["Qué pide", "Folio", "Convocatoria", "Plazo", "Cómo está"].map((c) => crear("th", { scope: "col" }, c)))),
    crear("tbody", {}, pedidos.map((pedido) => crear("tr", {},
      crear("th", { scope: "row" }, crear("a", { class: "toque", href: direccionDeDerecho(pedido) }, pedido.titulo)),
      crear("td", { "data-t": "Folio", class: "num" }, pedido.folio_texto),
      crear("td", { "data-t": "Convocatoria" }, crear("span", {}, pedido.convocatoria_nombre, demostracion(pedido.demostracion))),
      crear("td", { "data-t": "Plazo" }, crear("time", { datetime: pedido.vence }, pedido.vence_texto)),
      crear("td", { "data-t": "Cómo está" }, comoEsta(pedido))))));
}

export function comoEsta({ resuelto, atrasado }) {
  const [clase, palabra] = RESPUESTAS[resuelto] ?? (atrasado ? ["no", "Atrasado"] : ["espera", "Espera respuesta"]);
  return crear("span", { class: `est ${clase}` }, palabra);
}

// Lo que toca a la persona en su ficha: lo que pidió sobre sus datos, y la carta de compromiso que aceptó.

import { direccionDeDerecho } from "./mesa_derechos.js";
import { crear } from "./mesa_piezas.js";

/** Los pedidos sin responder y el bloqueo que rige: van arriba, antes de decidir. Nada si no hay. */
export function avisoDeDerechos({ folio, derechos = [] }) {
  const bloqueados = derechos.some(({ derecho, resuelto }) => derecho === "bloqueo" && resuelto === "acogido");
  const esperan = derechos.filter(({ resuelto }) => !resuelto);
  return [
    bloqueados && crear("p", { class: "aviso ojo m-angosto" }, crear("b", {}, "Sus datos están bloqueados. "), "No los uses para otra cosa que lo que pidió."),
    esperan.length > 0 && crear("div", { class: "aviso m-angosto" }, crear("p", {}, crear("b", {}, "Pidió algo sobre sus datos:")),
      crear("ul", {}, esperan.map((pedido) => crear("li", {},
        crear("a", { class: "toque", href: direccionDeDerecho({ folio, numero: pedido.numero }) }, `${pedido.titulo}, hasta el ${pedido.vence_texto}`))))),
  ].filter(Boolean);
}

/** Cómo va su carta; nada si la convocatoria no la pide. */
export function cartaDeCompromiso({ carta }) {
  if (!carta) return [];
  return crear("section", {}, crear("h2", {}, "Carta de compromiso"),
    carta.aceptada_texto
      ? [crear("p", {}, `La aceptó en línea el ${carta.aceptada_texto}.`),
        crear("details", {}, crear("summary", {}, "Leer lo que aceptó"), crear("p", { class: "m-texto" }, carta.texto), crear("p", { class: "mono" }, carta.version))]
      : crear("p", {}, "Todavía no la acepta. Sin ella no egresa."));
}

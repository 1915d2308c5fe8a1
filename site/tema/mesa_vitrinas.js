// Las fichas del catálogo: primero las que esperan que alguien las mire, después las que ya se ven.

import { leer } from "./mesa_api.js";
import { decir } from "./mesa_avisos.js";
import { crear, cuando, demostracion } from "./mesa_piezas.js";
import { puedeModerar } from "./mesa_sesion.js";
import { Vitrina, vitrinaQueNoEsta } from "./mesa_vitrina.js";

const TITULO = "Fichas del catálogo";
const GUIA = "Aquí llega lo que cada empresa quiere mostrar en el catálogo. Nada sale sin que una persona lo mire.";
const SIN_ROL = "Tu rol no revisa las fichas. Lo hace quien evalúa o el nivel nacional.";

export const direccionDeVitrina = ({ folio }) => `#/vitrinas/${encodeURIComponent(folio)}`;

export async function abrirVitrinas({ id }) {
  if (!puedeModerar()) return { titulo: TITULO, nodo: bandeja([], SIN_ROL) };
  const { vitrinas } = await leer("vitrinas");
  if (id === null) return { titulo: TITULO, nodo: bandeja(vitrinas, GUIA) };
  const lugar = vitrinas.findIndex(({ folio }) => folio === id);
  if (lugar < 0) return { titulo: TITULO, nodo: vitrinaQueNoEsta() };
  const ficha = await leer(`vitrinas/${encodeURIComponent(id)}`);
  return { titulo: `Ficha de ${ficha.nombre}`, nodo: new Vitrina(ficha).nodo, vecino: (paso) => irA(vitrinas[lugar + paso]) };
}

function irA(vitrina) {
  if (vitrina) location.hash = direccionDeVitrina(vitrina);
  else decir("No hay más fichas en esa dirección de la lista.");
}

function bandeja(vitrinas, guia) {
  const esperan = vitrinas.filter(({ estado }) => estado === "en_revision");
  const otras = vitrinas.filter(({ estado }) => estado !== "en_revision");
  return crear("div", {},
    crear("h1", { tabindex: "-1" }, TITULO),
    crear("p", { class: "guia" }, guia),
    puedeModerar() && [
      crear("h2", {}, `Por revisar: ${esperan.length}`),
      esperan.length === 0 ? crear("p", { class: "aviso" }, "No hay ninguna ficha por revisar.") : tabla(esperan, "Por revisar, primero la que espera más", "Espera desde"),
      otras.length > 0 && [crear("h2", {}, `En el catálogo: ${otras.length}`), tabla(otras, "En el catálogo, de la que cambió hace más a la más nueva", "Cambió")],
    ]);
}

function tabla(vitrinas, leyenda, desde) {
  return crear("table", { class: "tabla cola" },
    crear("caption", { class: "oculto" }, leyenda),
    crear("thead", {}, crear("tr", {}, ["Nombre", "Productos", "Convocatoria", desde, "Cómo está"].map((c) => crear("th", { scope: "col" }, c)))),
    crear("tbody", {}, vitrinas.map((vitrina) => crear("tr", {},
      crear("th", { scope: "row" }, crear("a", { class: "toque", href: direccionDeVitrina(vitrina) }, vitrina.nombre)),
      crear("td", { "data-t": "Productos", class: "num" }, String(vitrina.productos)),
      crear("td", { "data-t": "Convocatoria" }, crear("span", {}, vitrina.convocatoria_nombre, demostracion(vitrina.demostracion))),
      crear("td", { "data-t": desde }, cuando(vitrina.cambio, vitrina.cambio_texto)),
      crear("td", { "data-t": "Cómo está" }, comoEsta(vitrina))))));
}

function comoEsta({ estado, publicada }) {
  if (estado === "en_revision") return crear("span", { class: "est espera" }, publicada ? "Cambio por revisar" : "Nueva por revisar");
  return crear("span", { class: "est abierta" }, "Publicada");
}

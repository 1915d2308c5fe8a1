// La cabecera de la mesa: sus propias secciones, quién entró, y la franja amarilla de su región.

import { delMenu, paginaDe } from "./mesa_menu.js";
import { crear, nombreDeRegion } from "./mesa_piezas.js";
import { quien, salir } from "./mesa_sesion.js";

const SVG = "http://www.w3.org/2000/svg";
const FRANJAS = 16;
const PAPELES = { evaluador: "Evaluación", operador: "Operación", nacional: "Nivel nacional", administrador: "Administración" };

/** Cambia el menú público por el de la mesa. */
export function vestirTecho() {
  const nav = document.querySelector(".techo .nav");
  const { arriba, grupos } = delMenu();
  nav.setAttribute("aria-label", "Mesa");
  nav.replaceChildren(crear("ul", {}, arriba.map(renglonDe), grupos.length > 0 && crear("li", {}, desplegar(grupos))));
  const { rol, region } = quien();
  const donde = !region || region === "todas" ? "" : ` · ${nombreDeRegion(region)}`;
  document.querySelector(".techo .mia").replaceWith(crear("div", { class: "mia m-mia" },
    crear("span", {}, `${PAPELES[rol] ?? rol}${donde}`),
    crear("button", { type: "button", class: "m-salir", al: { click: alSalir } }, "Salir")));
  pintarRegion(region);
}

function alSalir() {
  document.dispatchEvent(new CustomEvent("mesa:salir"));
  salir();
}

const renglonDe = ({ ruta, titulo }) => crear("li", {}, crear("a", { href: `#/${ruta}`, "data-ruta": ruta }, titulo));

/** Lo que no cabe arriba: se abre con Enter o un toque, y se cierra al elegir, con Escape o al salir de ahí. */
function desplegar(grupos) {
  const mas = crear("details", { class: "m-mas" }, crear("summary", {}, "Más"), crear("div", { class: "m-mas-panel" },
    grupos.map(([nombre, paginas]) => crear("div", {}, crear("p", { class: "m-mas-grupo" }, nombre), crear("ul", {}, paginas.map(renglonDe))))));
  mas.addEventListener("click", ({ target }) => { if (target.matches("a")) mas.open = false; });
  mas.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !mas.contains(relatedTarget)) mas.open = false; });
  mas.addEventListener("keydown", (suceso) => {
    if (suceso.key !== "Escape" || !mas.open) return;
    suceso.stopPropagation();
    mas.open = false;
    mas.querySelector("summary").focus();
  });
  return mas;
}

/** Marca en el menú la sección que se está viendo; la ficha es parte de la cola. */
export function marcarSeccion(ruta) {
  const dentroDe = paginaDe(ruta)?.en;
  for (const enlace of document.querySelectorAll(".techo .nav a")) {
    if (enlace.dataset.ruta === ruta) enlace.setAttribute("aria-current", "page");
    else if (enlace.dataset.ruta === dentroDe) enlace.setAttribute("aria-current", "true");
    else enlace.removeAttribute("aria-current");
  }
  document.querySelector(".m-mas")?.classList.toggle("aqui", Boolean(document.querySelector(".m-mas [aria-current]")));
}

function pintarRegion(region) {
  const toldo = document.querySelector(".toldo");
  const lugar = [...document.querySelectorAll("#mesa-regiones [data-region]")].findIndex(({ dataset }) => dataset.region === region);
  const franjas = Array.from({ length: FRANJAS }, (_, i) => i);
  // La amarilla no va encima de otra: en el borde se vería la de abajo.
  toldo.replaceChildren(
    franja("x", franjas.filter((i) => i % 2 === 0 && i !== lugar)),
    franja("y", franjas.filter((i) => i % 2 === 1 && i !== lugar)),
    franja("z", franjas.filter((i) => i === lugar)),
  );
}

function franja(clase, lugares) {
  const trazo = document.createElementNS(SVG, "path");
  trazo.setAttribute("class", clase);
  trazo.setAttribute("d", lugares.map((i) => `M${i * 10} 0h10v7a5 5 0 0 1-10 0z`).join(""));
  return trazo;
}

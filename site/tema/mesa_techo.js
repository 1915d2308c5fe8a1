// La cabecera de la mesa: sus propias secciones, quién entró, y la franja amarilla de su región.

import { crear, nombreDeRegion } from "./mesa_piezas.js";
import { puedeMedir, puedeModerar, puedeRegistrar, puedeResolver, puedeSeleccionar, quien, salir } from "./mesa_sesion.js";

const SVG = "http://www.w3.org/2000/svg";
const FRANJAS = 16;
const PAPELES = { evaluador: "Evaluación", operador: "Operación", nacional: "Nivel nacional", administrador: "Administración" };

/** Cambia el menú público por el de la mesa. */
export function vestirTecho() {
  const secciones = [
    ["cola", "Cola"], puedeResolver() && ["recursos", "Recursos"], puedeSeleccionar() && ["seleccion", "Selección"],
    ["asistencia", "Asistencia"], puedeRegistrar() && ["registros", "Registros"], puedeModerar() && ["vitrinas", "Fichas"],
    puedeMedir() && ["medicion", "Medir el año"],
  ];
  const nav = document.querySelector(".techo .nav");
  nav.setAttribute("aria-label", "Mesa");
  nav.replaceChildren(crear("ul", {}, secciones.filter(Boolean).map(([ruta, texto]) =>
    crear("li", {}, crear("a", { href: `#/${ruta}`, "data-ruta": ruta }, texto)))));
  const { rol, region } = quien();
  const donde = region === "todas" ? "" : ` · ${nombreDeRegion(region)}`;
  document.querySelector(".techo .mia").replaceWith(crear("div", { class: "mia m-mia" },
    crear("span", {}, `${PAPELES[rol] ?? rol}${donde}`),
    crear("button", { type: "button", class: "m-salir", al: { click: alSalir } }, "Salir")));
  pintarRegion(region);
}

function alSalir() {
  document.dispatchEvent(new CustomEvent("mesa:salir"));
  salir();
}

/** Marca en el menú la sección que se está viendo; la ficha es parte de la cola. */
export function marcarSeccion(ruta) {
  for (const enlace of document.querySelectorAll(".techo .nav a")) {
    if (enlace.dataset.ruta === ruta) enlace.setAttribute("aria-current", "page");
    else if (enlace.dataset.ruta === "cola" && ruta === "postulacion") enlace.setAttribute("aria-current", "true");
    else enlace.removeAttribute("aria-current");
  }
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

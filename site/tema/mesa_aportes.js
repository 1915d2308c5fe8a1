// El aporte que compromete cada empresa, cuando la convocatoria se cofinancia.

import { porLlegada } from "./mesa_memoria.js";
import { campo, crear, unaVez } from "./mesa_piezas.js";

const PESOS = new Intl.NumberFormat("es-CL");
const OCUPAN = ["seleccionada", "ofrecida", "confirmada", "participo", "egresada"];
const enPesos = (monto) => `$ ${PESOS.format(BigInt(monto))}`;
const CAMPOS = [
  ["monto", "Monto en pesos", "Sin decimales, como 45.000.", { type: "text", inputmode: "numeric", autocomplete: "off" }],
  ["comprometio", "Quién se comprometió", "Nombre de quien firma por la empresa.", { type: "text", maxlength: "120", autocomplete: "off" }],
  ["fecha", "Cuándo", null, { type: "date", class: "m-fecha" }],
  ["documento", "Qué documento lo dice", "Como «carta del 4 de enero».", { type: "text", maxlength: "120", autocomplete: "off" }],
];

/** Los aportes y el formulario para anotarlos; nada si la convocatoria no se cofinancia. */
export function aportes(jornada) {
  const { aportes: dicho, cierre } = jornada.datos;
  if (dicho === null) return null;
  return crear("section", { "aria-labelledby": "j-aportes" },
    crear("h2", { id: "j-aportes", tabindex: "-1" }, "Aportes comprometidos"),
    crear("p", {}, dicho.pedido_clp ? `La convocatoria pide ${enPesos(dicho.pedido_clp)} a cada empresa. ` : "", `Van ${enPesos(dicho.total_clp)} comprometidos.`),
    dicho.aportes.length > 0 && crear("ul", { class: "lista" }, dicho.aportes.filter(({ monto }) => monto).map((aporte) => renglon(jornada, aporte))),
    !cierre.cerrada && formulario(jornada, dicho));
}

function renglon(jornada, { folio, monto, comprometio, fecha_texto: fecha, documento, correcciones, quien, cuando_texto: cuando }) {
  return crear("li", {}, crear("b", {}, `${jornada.nombre(folio)}: ${enPesos(monto)}`),
    crear("span", { class: "m-renglon" }, `${comprometio}, ${fecha}. ${documento}.`),
    crear("span", { class: "chico m-renglon" }, `Lo anotó ${quien}, el ${cuando}.${correcciones ? ` Corregido ${correcciones === 1 ? "una vez" : `${correcciones} veces`}.` : ""}`));
}

function formulario(jornada, { aportes: anotados }) {
  const empresas = porLlegada([...jornada.empresas.values()].filter(({ estado }) => OCUPAN.includes(estado)));
  if (empresas.length === 0) return crear("p", { class: "chico" }, "Todavía nadie tiene puesto.");
  const cual = crear("select", { id: "aporte-folio" }, empresas.map(({ folio, nombre }) => crear("option", { value: folio }, nombre)));
  const entradas = Object.fromEntries(CAMPOS.map(([nombre, , , atributos]) => [nombre, crear("input", atributos)]));
  const anterior = () => anotados.find(({ folio }) => folio === cual.value);
  const llenar = () => { for (const [nombre, entrada] of Object.entries(entradas)) entrada.value = anterior()?.[nombre] ?? ""; };
  cual.addEventListener("change", llenar);
  llenar();
  const boton = crear("button", { type: "submit", class: "boton chica" }, "Guardar el aporte");
  const alEnviar = (suceso) => {
    suceso.preventDefault();
    const escritos = Object.fromEntries(Object.entries(entradas).map(([nombre, { value }]) => [nombre, value.trim()]));
    unaVez(boton, () => jornada.guardar("aporte", { folio: cual.value, version_aporte: anterior()?.version ?? 0, ...escritos },
      "j-aportes", "Aporte guardado.", (nombre) => `aporte-${nombre}`));
  };
  return crear("details", { class: "no-print" }, crear("summary", {}, "Anotar o corregir un aporte"),
    crear("form", { class: "caja m-angosto", novalidate: true, "aria-labelledby": "j-aportes", al: { submit: alEnviar } },
      crear("div", { class: "campo" }, crear("label", { for: "aporte-folio" }, "Empresa"), cual),
      CAMPOS.map(([nombre, titulo, ayuda]) => campo(`aporte-${nombre}`, titulo, ayuda, entradas[nombre])),
      crear("p", { class: "ayuda" }, "Para quitarlo, deja los cuatro campos vacíos. Lo que decía antes queda guardado."), boton));
}

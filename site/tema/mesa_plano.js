// El plano: qué puesto o mesa tiene cada empresa. Se escribe entero y se guarda de una vez; también se imprime.

import { mostrarErrores } from "./mesa_avisos.js";
import { porLlegada } from "./mesa_memoria.js";
import { crear, direccionDeFicha, fila, unaVez } from "./mesa_piezas.js";

const OCUPAN = ["seleccionada", "ofrecida", "confirmada", "participo", "egresada"];
const enOrden = (uno, otro) => uno.localeCompare(otro, "es", { numeric: true });

/** El plano para ver, escribir e imprimir; cerrada la actividad, solo para ver. */
export function plano(jornada) {
  const { plano: { version, lugares }, cierre } = jornada.datos;
  const dados = new Map(lugares.map((dado) => [dado.folio, dado]));
  const empresas = porLlegada([...jornada.empresas.values()].filter(({ estado }) => OCUPAN.includes(estado)));
  const ordenadas = [...empresas].sort((una, otra) => enOrden(dados.get(una.folio)?.lugar ?? "~", dados.get(otra.folio)?.lugar ?? "~"));
  const seccion = (...hijos) => crear("section", { "aria-labelledby": "j-plano" }, crear("h2", { id: "j-plano", tabindex: "-1" }, "Plano"), ...hijos);
  if (empresas.length === 0) return seccion(crear("p", { class: "chico" }, "Todavía nadie tiene puesto."));
  const entradas = new Map(empresas.map(({ folio, nombre }) => [folio, crear("input", {
    id: `lugar-${folio}`, type: "text", maxlength: "12", autocomplete: "off", class: "m-nota", "aria-label": `Lugar de ${nombre}`,
    value: dados.get(folio)?.lugar ?? "", disabled: cierre.cerrada,
  })]));
  const boton = crear("button", { type: "submit", class: "boton chica" }, "Guardar el plano");
  const numerar = crear("button", { type: "button", class: "boton b2 chica", al: { click: () => numerarLosQueFaltan(empresas, entradas) } }, "Numerar los que faltan");
  const alEnviar = (suceso) => {
    suceso.preventDefault();
    const cambios = [...entradas].filter(([folio, { value }]) => value.trim() !== (dados.get(folio)?.lugar ?? ""));
    if (cambios.length === 0) return mostrarErrores("No cambiaste ningún lugar", "Escribe un lugar y guarda otra vez.");
    return unaVez(boton, () => jornada.guardar("lugares", { convocatoria: jornada.convocatoria.id, version,
      lugares: Object.fromEntries(cambios.map(([folio, { value }]) => [folio, value.trim()])) },
    "j-plano", "Plano guardado. Cada empresa ve su lugar en su página de estado.", (folio) => `lugar-${folio}`));
  };
  return seccion(crear("form", { novalidate: true, "aria-labelledby": "j-plano", al: { submit: alEnviar } },
    crear("p", { class: "ayuda" }, "El número o nombre del puesto o la mesa, como A12 o Mesa 4. Ninguno se repite."),
    crear("table", { class: "tabla cola m-plano" },
      crear("caption", { class: "oculto" }, "Lugar de cada empresa"),
      crear("thead", {}, crear("tr", {}, ["Folio", "Empresa", "Lugar", "Quién lo dio"].map((c) => crear("th", { scope: "col" }, c)))),
      crear("tbody", {}, ordenadas.map((empresa) => renglon(empresa, dados.get(empresa.folio), entradas.get(empresa.folio))))),
    fila(!cierre.cerrada && boton, !cierre.cerrada && numerar,
      crear("button", { type: "button", class: "boton b2 chica no-print", al: { click: () => print() } }, "Imprimir la jornada"))));
}

function renglon(empresa, dado, entrada) {
  return crear("tr", {},
    crear("th", { scope: "row" }, crear("a", { class: "toque num", href: direccionDeFicha(empresa) }, empresa.folio_texto)),
    crear("td", { "data-t": "Empresa" }, crear("span", {}, empresa.nombre)),
    crear("td", { "data-t": "Lugar" }, crear("span", { class: "campo" }, entrada)),
    crear("td", { "data-t": "Quién lo dio" }, crear("span", { class: "chico" }, dado ? `${dado.quien}, el ${dado.cuando_texto}` : "Sin lugar")));
}

// De 1 en adelante, por orden de llegada, saltando los números que ya están dados.
function numerarLosQueFaltan(empresas, entradas) {
  const usados = new Set([...entradas.values()].map(({ value }) => value.trim()));
  let numero = 1;
  for (const { folio } of empresas) {
    const entrada = entradas.get(folio);
    if (entrada.value.trim()) continue;
    while (usados.has(String(numero))) numero += 1;
    entrada.value = String(numero);
    usados.add(entrada.value);
  }
}

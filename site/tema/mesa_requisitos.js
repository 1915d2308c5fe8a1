// La lista de chequeo: qué propone el sistema en cada regla, con qué se prueba, y el resultado que pone la persona.

import { crear, RESULTADOS, resumir, signo } from "./mesa_piezas.js";
import { seccion } from "./mesa_expediente.js";

export const idDeRegla = (regla) => `regla-${regla}-cumple`;
export const ID_DE_REGLAS = "reglas";

// Un cupo asegurado se acredita o no; no es un requisito, y no acreditarlo no es incumplir.
const ACREDITA = { cumple: "Acreditado", no_cumple: "No acreditado" };
export const esCupo = (regla) => regla.startsWith("reserva:");
const palabrasDe = (regla) => (esCupo(regla) ? ACREDITA : RESULTADOS);
/** Los requisitos, sin los cupos asegurados que van al final de la lista. */
export const soloRequisitos = ({ hallazgos }) => hallazgos.filter(({ regla }) => !esCupo(regla));

/** La misma cuenta que su renglón de la cola, y aparte lo que dicen los registros, que la cola no lee. */
export function cuentaDeRequisitos(detalle) {
  const { signos } = detalle;
  const deRegistros = soloRequisitos(detalle).filter(({ regla: id }) => !(id in signos)).map(({ resultado }) => resultado);
  const cuenta = Object.values(signos);
  return `De ${cuenta.length} requisitos, ${resumir(cuenta)}. ${deRegistros.length > 0 ? `De los registros, ${resumir(deRegistros)}. ` : ""}`;
}

/** El resultado que vale hoy en cada regla: lo marcado sin guardar o, si no, lo que ya guardó una persona. */
export function marcados(detalle, borrador) {
  const reglas = detalle.hallazgos.map(({ regla: id }) => id);
  // En lo revisado puede venir también lo que anotó la selección, que no es una regla.
  return Object.fromEntries(Object.entries({ ...detalle.revisados, ...borrador.hallazgos }).filter(([id]) => reglas.includes(id)));
}

export function requisitos(detalle, borrador, { editable, alCambiar, alMirar }) {
  const valen = marcados(detalle, borrador);
  if (detalle.a_ciegas) return aCiegas(detalle, valen);
  const lista = crear("div", { class: "m-reglas", id: ID_DE_REGLAS, role: "group", "aria-labelledby": "t-requisitos", tabindex: "-1" },
    detalle.hallazgos.map((hallazgo) => regla(hallazgo, valen[hallazgo.regla], editable)));
  lista.addEventListener("change", ({ target }) => alCambiar(target.name.replace("regla-", ""), target.value));
  const deCada = Object.fromEntries(detalle.hallazgos.map(({ regla: id, documento }) => [`regla-${id}`, documento]));
  lista.addEventListener("focusin", ({ target }) => alMirar(deCada[target.closest(".m-regla")?.id] ?? ""));
  return seccion("requisitos", "Requisitos",
    crear("p", { class: "ayuda" }, "El sistema propone según lo que declaró. Mira el documento y marca lo que viste tú."),
    lista,
    editable && crear("p", { class: "no-print" }, crear("button", {
      type: "button", class: "boton b2 chica", id: "tomar-lo-propuesto", al: { click: () => tomarLoPropuesto(lista, detalle) },
    }, "Tomar lo propuesto donde no marqué")));
}

// Sin el nombre ni los documentos no hay cómo marcar: se lee cómo quedaron.
function aCiegas({ hallazgos }, valen) {
  return seccion("requisitos", "Requisitos",
    crear("p", { class: "ayuda" }, "Los revisó una persona con los documentos a la vista. A ciegas no se marcan."),
    crear("ul", { class: "lista m-propuesta" }, hallazgos.map(({ regla: id, titulo, resultado }) => crear("li", {},
      signo(valen[id] ?? resultado), `${titulo}: ${valen[id] ? "quedó" : "propone"} ${palabrasDe(id)[valen[id] ?? resultado]?.toLowerCase() ?? "lo revisa una persona"}`))));
}

function regla(hallazgo, valor, editable) {
  const { regla: id, titulo, resultado, visto, frase } = hallazgo;
  return crear(
    "fieldset", { class: "m-regla", id: `regla-${id}` },
    crear("legend", {}, titulo),
    crear("p", { class: "m-propuesta" }, signo(resultado), crear("b", {}, `Propone: ${RESULTADOS[resultado].toLowerCase()}. `),
      visto),
    crear("dl", { class: "m-prueba chico" }, pruebas(hallazgo, frase).map(([nombre, texto]) => crear("div", {}, crear("dt", {}, nombre), crear("dd", {}, texto)))),
    editable ? opciones(id, valor) : crear("p", { class: "chico" }, valor ? `Quedó: ${palabrasDe(id)[valor].toLowerCase()}` : "Nadie la ha marcado."),
  );
}

function pruebas({ texto, certificado, documento, donde, clausula }, frase) {
  const pares = [
    ["La regla", `«${texto}»`],
    ["Se le dice", frase && `«${frase}»`],
    ["Se prueba con", [certificado, donde].filter(Boolean).join(". ")],
    ["Documento pedido", documento],
    ["De dónde sale", clausula],
  ];
  return pares.filter(([, dicho]) => dicho);
}

function opciones(id, valor) {
  return crear("div", { class: "m-opciones" }, Object.entries(palabrasDe(id)).map(([resultado, nombre]) => crear(
    "label", { class: "m-opcion" },
    crear("input", { type: "radio", name: `regla-${id}`, id: `regla-${id}-${resultado}`, value: resultado, checked: resultado === valor }),
    crear("span", {}, nombre),
  )));
}

function tomarLoPropuesto(lista, detalle) {
  for (const { regla: id, resultado } of detalle.hallazgos) {
    if (lista.querySelector(`input[name="regla-${id}"]:checked`)) continue;
    const opcion = lista.querySelector(`#regla-${CSS.escape(id)}-${resultado}`);
    // Un cupo asegurado no se propone: hay que mirar si se acredita.
    if (!opcion) continue;
    opcion.checked = true;
    opcion.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

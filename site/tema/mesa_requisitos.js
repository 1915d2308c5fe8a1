// La lista de chequeo: qué propone el sistema en cada regla, con qué se prueba, y el resultado que pone la persona.

import { crear, RESULTADOS, signo } from "./mesa_piezas.js";
import { seccion } from "./mesa_expediente.js";

export const idDeRegla = (regla) => `regla-${regla}-cumple`;

/** El resultado que vale hoy en cada regla: lo marcado sin guardar o, si no, lo que ya guardó una persona. */
export function marcados(detalle, borrador) {
  const reglas = detalle.hallazgos.map(({ regla: id }) => id);
  // En lo revisado puede venir también lo que anotó la selección, que no es una regla.
  return Object.fromEntries(Object.entries({ ...detalle.revisados, ...borrador.hallazgos }).filter(([id]) => reglas.includes(id)));
}

export function requisitos(detalle, borrador, { editable, alCambiar }) {
  const valen = marcados(detalle, borrador);
  const lista = crear("div", { class: "m-reglas" },
    detalle.hallazgos.map((hallazgo) => regla(hallazgo, valen[hallazgo.regla], editable)));
  lista.addEventListener("change", ({ target }) => alCambiar(target.name.replace("regla-", ""), target.value));
  return seccion("requisitos", "Requisitos",
    crear("p", { class: "ayuda" }, "El sistema propone según lo que declaró. Mira el documento y marca lo que viste tú."),
    lista,
    editable && crear("p", { class: "no-print" }, crear("button", {
      type: "button", class: "boton b2 chica", al: { click: () => tomarLoPropuesto(lista, detalle) },
    }, "Tomar lo propuesto donde no marqué")));
}

function regla(hallazgo, valor, editable) {
  const { regla: id, titulo, resultado, declarado, frase } = hallazgo;
  return crear(
    "fieldset", { class: "m-regla", id: `regla-${id}` },
    crear("legend", {}, titulo),
    crear("p", { class: "m-propuesta" }, signo(resultado), crear("b", {}, `Propone: ${RESULTADOS[resultado].toLowerCase()}. `),
      declarado ? `Declaró: ${declarado}` : "No lo declaró."),
    crear("dl", { class: "m-prueba chico" }, pruebas(hallazgo, frase).map(([nombre, texto]) => crear("div", {}, crear("dt", {}, nombre), crear("dd", {}, texto)))),
    editable ? opciones(id, valor) : crear("p", { class: "chico" }, valor ? `Quedó: ${RESULTADOS[valor].toLowerCase()}` : "Nadie la ha marcado."),
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
  return crear("div", { class: "m-opciones" }, Object.entries(RESULTADOS).map(([resultado, nombre]) => crear(
    "label", { class: "m-opcion" },
    crear("input", { type: "radio", name: `regla-${id}`, id: `regla-${id}-${resultado}`, value: resultado, checked: resultado === valor }),
    crear("span", {}, nombre),
  )));
}

function tomarLoPropuesto(lista, detalle) {
  for (const { regla: id, resultado } of detalle.hallazgos) {
    if (lista.querySelector(`input[name="regla-${id}"]:checked`)) continue;
    const opcion = lista.querySelector(`#regla-${CSS.escape(id)}-${resultado}`);
    opcion.checked = true;
    opcion.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

// El comprobante que se imprime y se lleva quien postuló en la oficina.

import { crear, demostracion, enlaceABoton } from "./mesa_piezas.js";

/** El comprobante, con el botón que lo imprime y el que lleva a ingresar otra. */
export function comprobante(dicho, otra) {
  const { convocatoria } = dicho;
  return crear("article", { class: "m-papel" },
    crear("p", { class: "chico" }, convocatoria.nombre, demostracion(convocatoria.demostracion)),
    crear("h1", { tabindex: "-1" }, "Comprobante de postulación"),
    crear("div", { class: "fila no-print" },
      crear("button", { type: "button", class: "boton", al: { click: () => window.print() } }, "Imprimir el comprobante"),
      enlaceABoton(otra, "Ingresar otra", "boton b2")),
    crear("p", { class: "m-folio" }, crear("span", {}, "Folio "), crear("b", {}, dicho.folio_texto)),
    dicho.retenida && crear("div", { class: "aviso ojo" }, crear("p", {},
      crear("b", {}, "Otra postulación tiene este RUT. "), "Antes de entrar a la fila la mira una persona de la oficina.")),
    datos([
      ["Quien postula", dicho.nombre],
      ["Recibido en papel", dicho.recibido_texto],
      ["Ingresado a la fila", dicho.ingresada_texto],
      ["Atendió", dicho.atendio],
      ["Oficina", [convocatoria.oficina_nombre, convocatoria.oficina_direccion, convocatoria.oficina_telefono].filter(Boolean).join(" · ")],
    ]),
    crear("h2", {}, "Qué sigue"),
    crear("p", {}, "Una persona revisa los requisitos. ", crear("b", {}, `El resultado es el ${convocatoria.resultados_texto}.`)),
    crear("p", {}, dicho.correo ? `Te escribimos a ${dicho.correo}.` : "Te avisamos por teléfono o por carta."),
    crear("h2", {}, "Para ver cómo va"),
    crear("p", {}, "Entra a ", crear("b", {}, dicho.consultar_url), " con tu folio y este código. Guárdalo: quien lo tiene puede ver y retirar la postulación."),
    crear("p", { class: "m-codigo mono" }, enGrupos(dicho.codigo)),
    crear("h2", {}, "Lo que entregaste"),
    documentos(dicho.documentos),
    datos(dicho.respuestas.map(({ titulo, texto }) => [titulo, texto])),
    crear("p", { class: "chico" }, "Huella de las respuestas (SHA-256): ", crear("span", { class: "mono m-huella" }, dicho.huella)),
    crear("p", { class: "m-firmas" }, crear("span", {}, "Firma de quien postula"), crear("span", {}, "Firma y timbre de la oficina")));
}

function datos(pares) {
  return crear("dl", { class: "resumen" }, pares.map(([nombre, texto]) => crear("div", {}, crear("dt", {}, nombre), crear("dd", { class: "m-texto" }, texto || "Sin respuesta"))));
}

function documentos(lista) {
  return crear("ul", { class: "lista" }, lista.map(({ titulo, huella }) => crear("li", {}, crear("b", {}, titulo),
    huella ? crear("span", { class: "mono m-huella chico" }, `SHA-256 ${huella}`) : crear("span", { class: "chico m-renglon" }, "En papel, a la vista"))));
}

// De a cuatro se copia mejor a mano; la página que lo pide quita los espacios.
const enGrupos = (codigo) => codigo.match(/.{1,4}/g).join(" ");

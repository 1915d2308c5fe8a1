// Las piezas con que se arman las vistas: elementos, campos y signos. El texto siempre entra como texto, nunca como HTML.

const SVG = "http://www.w3.org/2000/svg";
const TRAZOS = {
  cumple: ["r1", "M6 0a6 6 0 1 1 0 12A6 6 0 1 1 6 0"],
  no_cumple: ["r0", "M6 0 12 6 6 12 0 6"],
  falta_dato: ["rx", "M2 2h8v8H2z"],
  lo_revisa_una_persona: ["rx", "M2 2h8v8H2z"],
};
export const RESULTADOS = {
  cumple: "Cumple",
  no_cumple: "No cumple",
  falta_dato: "Falta un dato",
  lo_revisa_una_persona: "Lo revisa una persona",
};

/** Un elemento con sus atributos y sus hijos; «al» son los sucesos que atiende. */
export function crear(etiqueta, atributos = {}, ...hijos) {
  const nodo = document.createElement(etiqueta);
  for (const [nombre, valor] of Object.entries(atributos)) poner(nodo, nombre, valor);
  nodo.append(...presentes(hijos));
  return nodo;
}

/** Cambia todos los hijos, con el mismo cuidado de «crear»: lo que falta no se escribe. */
export function rellenar(nodo, ...hijos) {
  nodo.replaceChildren(...presentes(hijos));
}

const presentes = (hijos) => hijos.flat(Infinity).filter((hijo) => hijo !== null && hijo !== undefined && hijo !== false);

function poner(nodo, nombre, valor) {
  if (nombre === "al") {
    for (const [suceso, atender] of Object.entries(valor)) nodo.addEventListener(suceso, atender);
  } else if (valor === true) {
    nodo.setAttribute(nombre, "");
  } else if (valor !== false && valor !== null && valor !== undefined) {
    nodo.setAttribute(nombre, valor);
  }
}

/** El signo de un resultado: círculo, rombo o cuadro. Va siempre junto a su palabra. */
export function signo(resultado) {
  const [clase, trazo] = TRAZOS[resultado] ?? TRAZOS.lo_revisa_una_persona;
  const dibujo = document.createElementNS(SVG, "svg");
  dibujo.setAttribute("class", "regla");
  dibujo.setAttribute("viewBox", "0 0 12 12");
  dibujo.setAttribute("aria-hidden", "true");
  const camino = document.createElementNS(SVG, "path");
  camino.setAttribute("class", clase);
  camino.setAttribute("d", trazo);
  dibujo.append(camino);
  return dibujo;
}

/** `1 no cumple`, `2 por ver` o `6 cumplen`: lo más grave primero, con todos sus signos. */
export function signos(hallazgos) {
  // Junto a las reglas puede venir lo que anotó la selección; aquí solo van las reglas.
  const resultados = Object.values(hallazgos).filter((resultado) => resultado in RESULTADOS);
  return crear("span", {}, resultados.map(signo), " ", crear("span", { class: "chico" }, resumir(resultados)));
}

export function resumir(resultados) {
  const no = resultados.filter((resultado) => resultado === "no_cumple").length;
  const si = resultados.filter((resultado) => resultado === "cumple").length;
  if (no) return `${no} no ${no === 1 ? "cumple" : "cumplen"}`;
  if (si < resultados.length) return `${resultados.length - si} por ver`;
  return `${si} ${si === 1 ? "cumple" : "cumplen"}`;
}

// Las palabras de la mesa: las del portal le hablan a quien postula («Tienes que corregir algo»).
const ESTADOS = {
  por_confirmar: ["", "Sin confirmar"], retenida: ["", "Por revisar: RUT repetido"], recibida: ["", "Por revisar"],
  en_correccion: ["espera", "Espera arreglo"], admisible: ["abierta", "Cumple"], evaluada: ["abierta", "Con nota"],
  no_admisible: ["no", "No cumple"], seleccionada: ["abierta", "Seleccionada"], lista_de_espera: ["espera", "En lista de espera"],
  no_seleccionada: ["no", "No seleccionada"], ofrecida: ["espera", "Puesto ofrecido"], confirmada: ["abierta", "Confirmó su puesto"],
  participo: ["abierta", "Asistió"], no_asistio: ["no", "No asistió"], egresada: ["abierta", "Terminó"],
  desistida: ["cerrada", "No corrigió a tiempo"], declinada: ["cerrada", "Dejó el puesto"],
  oferta_vencida: ["cerrada", "No aceptó a tiempo"], retirada: ["cerrada", "Se retiró"],
  recurrida: ["espera", "Pidió otra revisión"], recurso_rechazado: ["no", "Recurso rechazado"],
};

export const palabraDe = (estado, texto) => ESTADOS[estado]?.[1] ?? texto;

/** El estado con su forma y su palabra. */
export function etiquetaDeEstado(estado, texto) {
  return crear("span", { class: `est ${ESTADOS[estado]?.[0] ?? ""}`.trim() }, palabraDe(estado, texto));
}

const CORTO = new Intl.DateTimeFormat("es-CL", {
  timeZone: "America/Santiago", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

/** `22 nov 10:47`, con la fecha completa al alcance. */
export function cuando(instante, completo) {
  if (!instante) return "Sin turno";
  return crear("time", { datetime: instante, title: completo }, CORTO.format(new Date(instante)).replace(/[,.]/g, ""));
}

export function demostracion(hay) {
  return hay ? [" ", crear("span", { class: "demo" }, "DEMOSTRACIÓN")] : [];
}

/** Una lista desplegable con su nombre; `opciones` son pares [valor, texto]. */
export function desplegable(id, nombre, opciones, elegida) {
  const lista = crear("select", { id }, opciones.map(([valor, texto]) => crear("option", { value: valor }, texto)));
  lista.value = elegida;
  return crear("div", {}, crear("label", { for: id }, nombre), lista);
}

/** Un campo de texto con nombre, ayuda y lo que ya se había escrito. */
export function campo(id, nombre, ayuda, entrada) {
  entrada.id = id;
  if (ayuda) entrada.setAttribute("aria-describedby", `${id}-ayuda`);
  return crear(
    "div",
    { class: "campo" },
    crear("label", { for: id }, nombre),
    ayuda && crear("p", { class: "ayuda", id: `${id}-ayuda` }, ayuda),
    entrada,
  );
}

export const direccionDeFicha = ({ folio }) => `#/postulacion/${encodeURIComponent(folio)}`;
export const conComa = (cifra) => String(cifra).replace(".", ",");

/** Una fila de botones o enlaces. */
export function fila(...hijos) {
  return crear("p", { class: "fila" }, ...hijos);
}

export function enlaceABoton(destino, texto, clase = "boton chica") {
  return crear("a", { class: clase, href: destino }, texto);
}

/** Corre el trabajo una sola vez aunque se pida dos veces, y lo dice mientras dura. */
export async function unaVez(boton, trabajo) {
  if (boton.getAttribute("aria-busy") === "true") return;
  boton.setAttribute("aria-busy", "true");
  try {
    await trabajo();
  } finally {
    boton.removeAttribute("aria-busy");
  }
}

/** El nombre de la región, que la página trae desde los datos. */
export function nombreDeRegion(codigo) {
  return document.querySelector(`#mesa-regiones [data-region="${CSS.escape(codigo)}"]`)?.textContent ?? `Región ${codigo}`;
}

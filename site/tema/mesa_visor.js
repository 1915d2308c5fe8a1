// Los documentos al lado de la lista de chequeo: se cambia de uno a otro sin salir de la ficha.

import { leer } from "./mesa_api.js";
import { botonDeEnlace } from "./mesa_enlace.js";
import { noCederElFocoA } from "./mesa_foco.js";
import { crear, rellenar } from "./mesa_piezas.js";
import { seccion } from "./mesa_expediente.js";

// Bajo este ancho no caben juntos: el documento se trae solo si lo piden.
const AL_LADO = "(min-width: 60rem)";
const SIN_ABRIR = {
  revisando: "El antivirus todavía lo revisa. Vuelve a abrir la ficha en unos minutos.",
  infectado: "El antivirus encontró un programa dañino: nadie lo abre. Pide que lo corrija.",
  no_revisado: "El antivirus no pudo revisarlo: no se abre. Pide que lo suba otra vez.",
};
const SIN_PDF = "Tu navegador no muestra PDF aquí adentro. Ábrelo en otra pestaña.";

export class Visor {
  constructor({ folio, documentos, a_ciegas: oculto }) {
    this.folio = folio;
    // Un documento trae el nombre: a ciegas no se abre ninguno.
    this.documentos = oculto ? [] : documentos;
    this.direcciones = new Set();
    this.lugar = -1;
    this.marco = crear("div", { class: "m-marco" });
    this.pie = crear("div", { class: "m-documento" });
    this.botones = this.documentos.map((documento, lugar) => crear("button", {
      type: "button", class: "boton b2 chica", "aria-pressed": "false", al: { click: () => this.mostrar(lugar) },
    }, documento.titulo));
    this.nodo = oculto ? null : this.armar();
  }

  armar() {
    if (this.documentos.length === 0) return seccion("documentos", "Documentos", crear("p", {}, "No subió ningún documento."));
    const nodo = seccion("documentos", "Documentos",
      crear("div", { class: "m-par", role: "group", "aria-label": "Qué documento se ve" }, this.botones), this.marco, this.pie);
    nodo.classList.add("m-visor", "no-print");
    if (matchMedia(AL_LADO).matches) this.mostrar(0);
    else rellenar(this.marco, crear("p", { class: "chico" }, "Elige un documento para verlo aquí."));
    return nodo;
  }

  /** El que sigue o el anterior; después del último viene el primero. */
  pasar(paso) {
    const cuantos = this.documentos.length;
    if (cuantos === 0) return "Aquí no hay documentos que mirar.";
    this.mostrar((this.lugar + paso + cuantos) % cuantos);
    return `Documento ${this.lugar + 1} de ${cuantos}: ${this.documentos[this.lugar].titulo}.`;
  }

  /** El que prueba ese requisito, si lo subió. `titulos` vienen como los nombra la convocatoria. */
  mostrarDe(titulos) {
    const lugar = this.documentos.findIndex(({ titulo }) => titulos.split("; ").includes(titulo));
    if (lugar >= 0 && matchMedia(AL_LADO).matches) this.mostrar(lugar);
  }

  async mostrar(lugar) {
    if (lugar === this.lugar) return;
    this.lugar = lugar;
    const documento = this.documentos[lugar];
    this.botones.forEach((boton, otro) => boton.setAttribute("aria-pressed", String(otro === lugar)));
    rellenar(this.pie, this.datosDe(documento));
    if (documento.estado in SIN_ABRIR) return rellenar(this.marco, aviso(SIN_ABRIR[documento.estado]));
    rellenar(this.marco, crear("p", { class: "chico" }, "Abriendo el documento…"));
    const dibujo = await this.dibujar(documento).catch(() => null);
    // Mientras llegaba, se pidió otro.
    if (this.lugar !== lugar || this.documentos.length === 0) return;
    rellenar(this.marco, dibujo ?? aviso("No pudimos mostrarlo aquí. Ábrelo en otra pestaña, o elígelo otra vez."));
    if (dibujo === null) this.lugar = -1;
  }

  datosDe({ documento, titulo, nombre, tamano_texto: tamano, huella, estado }) {
    return [
      crear("div", {}, crear("span", { class: "chico" }, `${nombre} · ${tamano}`), huella && crear("span", { class: "mono m-huella" }, `SHA-256 ${huella.slice(0, 16)}…`)),
      !(estado in SIN_ABRIR) && botonDeEnlace(this.camino(documento), titulo, "Abrir", crear("span", { class: "oculto" }, ` ${titulo}`)),
    ];
  }

  camino(documento) {
    return `documentos/${encodeURIComponent(this.folio)}/${encodeURIComponent(documento)}`;
  }

  async dibujar(documento) {
    const archivo = await this.traer(documento);
    if (archivo.type !== "application/pdf") return imagen(archivo, documento.titulo);
    if (!navigator.pdfViewerEnabled) return aviso(SIN_PDF);
    const direccion = URL.createObjectURL(archivo);
    this.direcciones.add(direccion);
    return lector(`${direccion}#toolbar=0&navpanes=0&view=FitH`, documento.titulo);
  }

  /** El archivo, con el tipo que dicen sus primeros bytes: nada que no sea PDF o imagen se dibuja. */
  async traer({ documento }) {
    const { enlace } = await leer(this.camino(documento));
    const respuesta = await fetch(enlace, { credentials: "omit", cache: "no-store" });
    if (!respuesta.ok) throw new Error("sin documento");
    const bytes = await respuesta.arrayBuffer();
    return new Blob([bytes], { type: tipoDe(new Uint8Array(bytes, 0, Math.min(8, bytes.byteLength))) });
  }

  /** Suelta la memoria de lo que se vio. */
  cerrar() {
    this.documentos = [];
    for (const direccion of this.direcciones) URL.revokeObjectURL(direccion);
    this.direcciones.clear();
  }
}

function tipoDe(inicio) {
  const texto = String.fromCharCode(...inicio);
  if (texto.startsWith("%PDF-")) return "application/pdf";
  if (texto.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (texto.startsWith("\x89PNG")) return "image/png";
  throw new Error("no es un documento");
}

/**
 * El lector de PDF del navegador. Al terminar de abrir toma el foco, y se lo quitaría a quien ya escribe su razón:
 * se le devuelve, salvo que la persona haya entrado al documento con el puntero o con su botón.
 */
function lector(direccion, titulo) {
  const marco = crear("iframe", { src: direccion, title: titulo, inert: true });
  const abrirPaso = () => { marco.inert = false; };
  const entrar = crear("button", {
    type: "button", class: "boton b2 chica m-entrar", al: { click: () => { abrirPaso(); marco.focus(); } },
  }, "Recorrer el documento con el teclado");
  return crear("div", {
    class: "m-lector",
    al: { pointermove: abrirPaso, pointerdown: abrirPaso, pointerleave: () => { marco.inert = true; } },
  }, entrar, marco);
}

noCederElFocoA(".m-lector iframe[inert]");

/** Dibujada en un lienzo: se ve la imagen y nada más de lo que traiga el archivo. */
async function imagen(archivo, titulo) {
  const mapa = await createImageBitmap(archivo);
  const lienzo = crear("canvas", { role: "img", "aria-label": titulo, width: mapa.width, height: mapa.height });
  lienzo.getContext("2d").drawImage(mapa, 0, 0);
  mapa.close();
  const marco = crear("div", { class: "m-imagen", tabindex: "0", role: "group", "aria-label": `${titulo}: muévela con las flechas` }, lienzo);
  const agrandar = crear("button", {
    type: "button", class: "boton b2 chica", "aria-pressed": "false",
    al: { click: () => agrandar.setAttribute("aria-pressed", String(marco.classList.toggle("grande"))) },
  }, "Tamaño real");
  return [crear("p", { class: "fila m-par" }, agrandar), marco];
}

const aviso = (texto) => crear("p", { class: "aviso" }, texto);

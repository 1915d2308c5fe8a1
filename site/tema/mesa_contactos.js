// Por contactar: a quién no le llegan los correos, qué se ha hecho por avisarle y su carta.

import { enviar, leer } from "./mesa_api.js";
import { callar, decir, mostrarFalla } from "./mesa_avisos.js";
import { campo, crear, demostracion, direccionDeFicha, enlaceABoton, unaVez } from "./mesa_piezas.js";

const TITULO = "Por contactar";
const GUIA = "A estas personas no les llega el correo. Llámalas o mándales la carta, y anota qué pasó.";
// Medio y resultado, como los entiende el servidor.
const OPCIONES = [
  ["telefono.contactada", "La llamé y se lo conté"], ["telefono.no_contesta", "La llamé y no contestó"],
  ["telefono.numero_malo", "El número no es suyo"], ["carta.despachada", "Salió la carta"],
  ["carta.devuelta", "La carta volvió"], ["en_persona.entregada", "Se la entregué en la oficina"],
];

export async function abrirContactos() {
  const { contactos } = await leer("contactos");
  const [faltan, saben] = [contactos.filter((uno) => !uno.lo_sabe), contactos.filter((uno) => uno.lo_sabe)];
  return {
    titulo: TITULO,
    nodo: crear("div", {},
      crear("h1", { tabindex: "-1" }, TITULO),
      crear("p", { class: "guia" }, GUIA),
      crear("h2", {}, `Falta avisarles (${faltan.length})`),
      faltan.length > 0 ? lista(faltan) : crear("p", {}, "No falta nadie: todos los avisos llegaron."),
      saben.length > 0 && crear("details", {}, crear("summary", {}, `Ya lo saben (${saben.length})`), lista(saben))),
  };
}

const lista = (contactos) => crear("ul", { class: "m-contactos" }, contactos.map((contacto) => new Contacto(contacto).nodo));

class Contacto {
  constructor(contacto) {
    this.nodo = crear("li", { class: "caja" });
    this.dibujar(contacto);
  }

  dibujar(contacto) {
    this.contacto = contacto;
    const { aviso, folio_texto: folio, nombre, a_ciegas: aCiegas } = contacto;
    this.nodo.replaceChildren(
      crear("h3", { tabindex: "-1" }, crear("a", { class: "toque", href: direccionDeFicha(contacto) }, nombre || `Postulación ${folio}`)),
      crear("p", { class: "chico" }, `Folio ${folio} · ${contacto.convocatoria_nombre}`, ...demostracion(contacto.demostracion)),
      crear("p", {}, crear("b", {}, contacto.estado_texto), `. ${contacto.causa_texto}. Desde el ${contacto.desde_texto}.`),
      ...[contacto.vence_texto && !contacto.lo_sabe && crear("p", { class: "aviso ojo" }, `Tiene plazo hasta el ${contacto.vence_texto}.`),
        contacto.notificada_texto && crear("p", {}, "Cuenta como notificada desde el ", crear("b", {}, contacto.notificada_texto), "."),
        crear("p", {}, aCiegas ? "Se califica a ciegas: sus datos se muestran cuando termine." : datosDeContacto(contacto)),
        contacto.intentos.length > 0 && crear("ol", { class: "lista" }, contacto.intentos.map(intento)),
        contacto.con_carta && crear("p", { class: "fila" }, enlaceABoton(`#/carta/${encodeURIComponent(aviso)}`, "Ver la carta", "boton b2 chica")),
        this.formulario()].filter(Boolean));
  }

  formulario() {
    const { aviso } = this.contacto;
    const id = `c-${aviso.replaceAll(".", "-")}`;
    this.eleccion = crear("select", {}, [["", "Elige"], ...OPCIONES].map(([valor, texto]) => crear("option", { value: valor }, texto)));
    this.nota = crear("input", { type: "text", maxlength: "300", autocomplete: "off" });
    const boton = crear("button", { type: "submit", class: "boton chica" }, "Anotar");
    const guardar = (suceso) => {
      suceso.preventDefault();
      unaVez(boton, () => this.guardar(id));
    };
    return crear("form", { class: "m-intento", novalidate: true, al: { submit: guardar } },
      campo(`${id}-resultado`, "¿Qué pasó?", null, this.eleccion),
      campo(`${id}-nota`, "Nota (puede quedar en blanco)", null, this.nota),
      boton);
  }

  async guardar(id) {
    callar();
    const [medio = "", resultado = ""] = this.eleccion.value.split(".");
    try {
      const camino = `contactos/${encodeURIComponent(this.contacto.aviso)}`;
      this.dibujar(await enviar(camino, { medio, resultado, nota: this.nota.value, version: this.contacto.version }));
      this.nodo.querySelector("h3").focus();
      decir(this.contacto.lo_sabe ? "Anotado: ya lo sabe." : "Anotado: todavía falta avisarle.");
    } catch (falla) {
      mostrarFalla(falla, (nombre) => `${id}-${nombre}`);
    }
  }
}

function intento({ cuando_texto: cuando, quien, oficina, texto, nota }) {
  return crear("li", {}, crear("b", {}, texto), crear("span", { class: "chico m-renglon" }, `${cuando} · ${quien} · ${oficina}`), nota && crear("span", { class: "m-renglon" }, nota));
}

function datosDeContacto({ telefono, comuna }) {
  const llamar = telefono ? crear("a", { class: "toque", href: `tel:${telefono}` }, telefono) : "sin teléfono";
  return ["Teléfono: ", llamar, comuna && ` · Comuna: ${comuna}`].filter(Boolean).map((parte) => (typeof parte === "string" ? crear("span", {}, parte) : parte));
}

/** La carta de un aviso, lista para imprimir. */
export async function abrirCarta({ id }) {
  const carta = await leer(`contactos/${encodeURIComponent(id)}/carta`);
  const { convocatoria } = carta;
  return {
    titulo: "Carta",
    nodo: crear("article", { class: "m-papel" },
      crear("div", { class: "fila no-print" },
        crear("button", { type: "button", class: "boton", al: { click: () => window.print() } }, "Imprimir la carta"),
        enlaceABoton("#/contactos", "Volver", "boton b2")),
      crear("p", { class: "m-fecha-carta" }, carta.fecha_texto),
      crear("p", { class: "m-destino" }, [carta.representante, carta.nombre, carta.domicilio, carta.comuna]
        .filter((linea, lugar, todas) => linea && todas.indexOf(linea) === lugar).map((linea) => crear("span", { class: "m-renglon" }, linea))),
      crear("h1", { tabindex: "-1" }, carta.asunto),
      crear("p", { class: "m-texto" }, carta.texto),
      crear("p", { class: "m-firmas" }, crear("span", {}, convocatoria.oficina_nombre))),
  };
}

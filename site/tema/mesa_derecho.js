// Un pedido sobre los propios datos: qué pide, hasta cuándo se responde, lo que ha pasado, y la respuesta con su razón.

import { enviar, leer } from "./mesa_api.js";
import { callar, decir, mostrarErrores, mostrarFalla } from "./mesa_avisos.js";
import { borradorDe, guardarBorrador, olvidarBorrador } from "./mesa_memoria.js";
import { campo, crear, demostracion, direccionDeFicha, enlaceABoton, fila, rellenar, unaVez } from "./mesa_piezas.js";

const OPCIONES = {
  acoger: { nombre: "Aceptarlo: ya se hizo", boton: "Aceptar el pedido", hecho: "Aceptaste el pedido" },
  rechazar: { nombre: "No aceptarlo", boton: "No aceptar el pedido", hecho: "No aceptaste el pedido" },
  prorrogar: { nombre: "Alargar el plazo 30 días, una sola vez", boton: "Alargar el plazo", hecho: "Alargaste el plazo" },
};
const SE_RELEEN = ["cambio_entre_medio", "derecho_respondido", "prorroga_imposible"];

export class Derecho {
  constructor(pedido) {
    this.nodo = crear("div");
    this.dibujar(pedido);
  }

  get clave() {
    return `derecho ${this.pedido.folio} ${this.pedido.numero}`;
  }

  get borrador() {
    return borradorDe(this.clave);
  }

  anotar(cambios) {
    guardarBorrador(this.clave, { ...this.borrador, ...cambios });
  }

  dibujar(pedido) {
    this.pedido = pedido;
    rellenar(this.nodo,
      miga(),
      crear("p", { class: "chico" }, pedido.convocatoria_nombre, demostracion(pedido.demostracion)),
      crear("h1", { tabindex: "-1", class: "m-nombre" }, `${pedido.titulo}: ${pedido.folio_texto}`),
      crear("p", { class: "guia" }, guia(pedido)),
      pedido.sin_correo && crear("p", { class: "aviso ojo" }, "No dejó correo. La respuesta se la das por teléfono o por carta."),
      crear("div", { class: "columnas m-ficha" },
        crear("div", {},
          crear("h2", {}, "Lo que pide"), crear("p", { class: "m-texto" }, pedido.texto),
          crear("h2", {}, "Lo que ha pasado"), historia(pedido),
          fila(enlaceABoton(direccionDeFicha(pedido), "Abrir la postulación", "boton b2 chica"))),
        crear("aside", { class: "pegada no-print", "aria-label": "Responder" }, pedido.decisiones.length > 0 ? this.responder() : yaEsta())));
  }

  responder() {
    const motivo = crear("textarea", { rows: "6", maxlength: "2000", al: { input: () => this.anotar({ motivo: motivo.value }) } });
    motivo.value = this.borrador.motivo;
    const elegida = this.pedido.decisiones.includes(this.borrador.decision) ? this.borrador.decision : "";
    const boton = crear("button", { type: "submit", class: "boton" }, OPCIONES[elegida]?.boton ?? "Guardar mi respuesta");
    const elegir = ({ target }) => {
      if (target.name !== "decision") return;
      boton.textContent = OPCIONES[target.value].boton;
      this.anotar({ decision: target.value });
    };
    const guardar = (suceso) => {
      suceso.preventDefault();
      unaVez(boton, () => this.guardar());
    };
    return crear("form", { class: "caja", novalidate: true, "aria-labelledby": "t-responder", al: { change: elegir, submit: guardar } },
      crear("h2", { id: "t-responder" }, "Tu respuesta"),
      crear("fieldset", { class: "m-decisiones campo" }, crear("legend", { class: "oculto" }, "Qué respondes"),
        this.pedido.decisiones.map((opcion) => crear("label", { class: "opcion" },
          crear("input", { type: "radio", name: "decision", id: `decision-${opcion}`, value: opcion, checked: opcion === elegida }),
          crear("span", {}, OPCIONES[opcion].nombre)))),
      campo("motivo", "Tu razón", "Va en su correo. Si lo aceptas, di qué se hizo y cuándo.", motivo),
      boton);
  }

  faltas() {
    const { decision, motivo } = this.borrador;
    return [
      !this.pedido.decisiones.includes(decision) && { id: `decision-${this.pedido.decisiones[0]}`, texto: "Elige qué respondes" },
      !motivo.trim() && { id: "motivo", texto: "Escribe tu razón: la persona tiene derecho a leerla" },
    ].filter(Boolean);
  }

  async guardar() {
    callar();
    const faltas = this.faltas();
    if (faltas.length > 0) return mostrarErrores("Falta algo para guardar", null, faltas);
    const { decision, motivo } = this.borrador;
    const { folio, numero, version } = this.pedido;
    try {
      const quedo = await enviar(`derechos/${encodeURIComponent(folio)}`, { numero, version, decision, motivo: motivo.trim() });
      olvidarBorrador(this.clave);
      this.dibujar(quedo);
      this.nodo.querySelector("h1").focus();
      decir(`${OPCIONES[decision].hecho}. El correo con tu razón sale en unos minutos.`);
    } catch (falla) {
      await this.explicar(falla);
    }
  }

  async explicar(falla) {
    if (!SE_RELEEN.includes(falla.codigo)) return mostrarFalla(falla, (nombre) => (nombre === "decision" ? `decision-${this.pedido.decisiones[0]}` : nombre));
    const { derechos } = await leer("derechos");
    const ahora = derechos.find(({ folio, numero }) => folio === this.pedido.folio && numero === this.pedido.numero);
    if (ahora) this.dibujar(ahora);
    else rellenar(this.nodo, derechoQueNoEsta(this.borrador.motivo));
    return mostrarErrores(falla.titulo, `${falla.message} Lo que escribiste sigue aquí.`);
  }
}

function guia({ pedido_texto: desde, vence_texto: hasta, resuelto, atrasado }) {
  if (resuelto) return `Lo pidió el ${desde}. Ya tiene respuesta.`;
  return atrasado ? `Lo pidió el ${desde}. Debía tener respuesta el ${hasta}: respóndelo hoy.` : `Lo pidió el ${desde}. Responde hasta el ${hasta}.`;
}

const historia = ({ historia: hechos }) => crear("ol", { class: "lista" }, hechos.map((hecho, lugar) => crear("li", {},
  crear("b", {}, lugar === 0 ? "Lo pidió" : hecho.que_texto), [hecho.cuando_texto, hecho.quien].filter(Boolean).join(" · "),
  lugar > 0 && crear("p", { class: "m-texto" }, hecho.motivo))));

const yaEsta = () => crear("div", { class: "caja" }, crear("h2", {}, "Tu respuesta"), crear("p", {}, "Este pedido ya tiene respuesta."),
  crear("p", {}, enlaceABoton("#/derechos", "Volver a los derechos", "boton")));
const miga = () => crear("p", { class: "miga" }, crear("a", { href: "#/derechos" }, "← Volver a los derechos"));

/** La vista de un pedido que ya no está; con lo que se alcanzó a escribir, para no perderlo. */
export function derechoQueNoEsta(escrito = "") {
  return crear("div", {}, miga(),
    crear("h1", { tabindex: "-1" }, "Ese pedido ya no está en la bandeja"),
    crear("p", { class: "guia" }, "Puede ser de otra región, o su postulación se borró."),
    escrito && [crear("p", {}, crear("b", {}, "Lo que habías escrito")), crear("p", { class: "m-texto" }, escrito)]);
}

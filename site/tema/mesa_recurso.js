// Un recurso: lo que dice quien postuló, lo que se había decidido, y la resolución con su razón.

import { abstencion, cuerpoDeAbstencion, faltasDeAbstencion } from "./mesa_abstencion.js";
import { enviar, leer } from "./mesa_api.js";
import { decir, mostrarErrores, mostrarFalla } from "./mesa_avisos.js";
import { borradorDe, convocatoriaDe, guardarBorrador, olvidarBorrador } from "./mesa_memoria.js";
import { formularioDeDecision, guardarDecision } from "./mesa_opciones.js";
import { crear, demostracion, direccionDeFicha, enlaceABoton, etiquetaDeEstado, fila, palabraDe, rellenar } from "./mesa_piezas.js";

const OPCIONES = {
  acoger: { nombre: "Acoger: vuelve a revisión", boton: "Acoger el recurso", hecho: "Acogiste el recurso" },
  rechazar: { nombre: "Rechazar: el resultado queda igual", boton: "Rechazar el recurso", hecho: "Rechazaste el recurso" },
};
const SE_RELEEN = ["cambio_entre_medio", "accion_imposible", "misma_persona", "la_calificaste", "te_abstuviste"];

export class Recurso {
  constructor(recurso) {
    this.nodo = crear("div");
    this.dibujar(recurso);
  }

  /** `resuelto` es lo que respondió el servidor al guardar. */
  dibujar(recurso, resuelto = null) {
    this.recurso = recurso;
    rellenar(this.nodo,
      miga(),
      crear("p", { class: "chico" }, recurso.convocatoria_nombre, demostracion(convocatoriaDe(recurso.convocatoria)?.demostracion)),
      crear("h1", { tabindex: "-1", class: "m-nombre" }, `Recurso de ${recurso.folio_texto}`),
      crear("p", { class: "guia" }, `Pidió otra revisión el ${recurso.presentado_texto}.`),
      crear("div", { class: "columnas m-ficha" },
        crear("div", {},
          parte("Lo que dice quien postuló", crear("p", { class: "m-texto" }, recurso.texto)),
          parte("Lo que se había decidido", crear("p", {}, etiquetaDeEstado(recurso.de, recurso.de_texto)),
            recurso.decision && crear("p", { class: "m-texto" }, recurso.decision)),
          fila(enlaceABoton(direccionDeFicha(recurso), "Abrir la postulación", "boton b2 chica"))),
        crear("aside", { class: "pegada no-print", "aria-label": "Resolver" }, resuelto ? yaResuelto(resuelto) : [this.resolver(), this.abstencion()])));
  }

  get clave() {
    return `recurso ${this.recurso.folio}`;
  }

  get borrador() {
    return borradorDe(this.clave);
  }

  anotar(cambios) {
    guardarBorrador(this.clave, { ...this.borrador, ...cambios });
  }

  resolver() {
    if (this.recurso.por_que_no) return caja(crear("p", {}, crear("b", {}, "No puedes resolverlo. "), this.recurso.por_que_no));
    return formularioDeDecision({
      titulo: "Tu resolución", pregunta: "Qué resuelves", boton: "Guardar mi resolución",
      opciones: OPCIONES, elegida: this.borrador.decision, motivo: this.borrador.motivo,
      ayuda: "Va en su correo. Responde a lo que dice, punto por punto.",
      alCambiar: (cambios) => this.anotar(cambios), alGuardar: () => this.guardar(),
    });
  }

  abstencion() {
    return abstencion({ ...this.recurso, estado: "recurrida" }, this.borrador, {
      alCambiar: (motivo) => this.anotar({ abstencion: motivo }),
      alGuardar: () => this.guardarAbstencion(),
    });
  }

  faltas() {
    const { decision, motivo } = this.borrador;
    return [
      !(decision in OPCIONES) && { id: "decision-acoger", texto: "Elige si lo acoges o lo rechazas" },
      !motivo.trim() && { id: "motivo", texto: "Escribe tu razón" },
    ].filter(Boolean);
  }

  guardar() {
    const { decision, motivo } = this.borrador;
    return guardarDecision(this.faltas(), async () => {
      const quedo = await enviar(`recursos/${encodeURIComponent(this.recurso.folio)}`, { version: this.recurso.version, decision, motivo: motivo.trim() });
      olvidarBorrador(this.clave);
      this.dibujar(this.recurso, quedo);
      this.nodo.querySelector("h1").focus();
      decir(`${OPCIONES[decision].hecho}. Ahora está en «${palabraDe(quedo.estado, quedo.estado_texto)}».`);
    }, (falla) => this.explicar(falla));
  }

  guardarAbstencion() {
    return guardarDecision(faltasDeAbstencion(this.borrador), async () => {
      await enviar(`postulaciones/${encodeURIComponent(this.recurso.folio)}/abstencion`, cuerpoDeAbstencion(this.recurso, this.borrador));
      olvidarBorrador(this.clave);
      await this.releer();
      this.nodo.querySelector("h1").focus();
      decir("Te abstuviste. Este recurso lo resuelve otra persona.");
    }, (falla) => this.explicar(falla));
  }

  async explicar(falla) {
    if (!SE_RELEEN.includes(falla.codigo)) return mostrarFalla(falla, (nombre) => (nombre === "decision" ? "decision-acoger" : nombre));
    await this.releer();
    return mostrarErrores(falla.titulo, `${falla.message} Lo que escribiste sigue aquí.`);
  }

  async releer() {
    const { recursos } = await leer("recursos");
    const ahora = recursos.find(({ folio }) => folio === this.recurso.folio);
    if (ahora) this.dibujar(ahora);
    else rellenar(this.nodo, recursoQueNoEsta(this.borrador.motivo || this.borrador.abstencion));
  }
}

function yaResuelto({ estado, estado_texto: texto }) {
  return caja(crear("p", {}, "Quedó en ", etiquetaDeEstado(estado, texto)), crear("p", {}, "El correo con tu razón ya está saliendo."),
    crear("p", {}, enlaceABoton("#/recursos", "Volver a los recursos", "boton")));
}

const caja = (...contenido) => crear("div", { class: "caja" }, crear("h2", {}, "Tu resolución"), ...contenido);
const parte = (titulo, ...contenido) => crear("section", {}, crear("h2", {}, titulo), ...contenido);
const miga = () => crear("p", { class: "miga" }, crear("a", { href: "#/recursos" }, "← Volver a los recursos"));

/** La vista de un recurso que alguien ya resolvió; con lo que se alcanzó a escribir, para no perderlo. */
export function recursoQueNoEsta(escrito = "") {
  return crear("div", {}, miga(),
    crear("h1", { tabindex: "-1" }, "Ese recurso ya no está en la bandeja"),
    crear("p", { class: "guia" }, "Alguien lo resolvió, o quien postuló se retiró."),
    escrito && [crear("p", {}, crear("b", {}, "Lo que habías escrito")), crear("p", { class: "m-texto" }, escrito)]);
}

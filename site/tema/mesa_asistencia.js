// La asistencia: quién tenía puesto, y si llegó. También se imprime para firmar en la puerta.

import { callar, decir, mostrarErrores, mostrarFalla } from "./mesa_avisos.js";
import { enviar } from "./mesa_api.js";
import { Pendientes, aCsv, bajar, cuantas, resultado } from "./mesa_marcas.js";
import { elegirConvocatoria, encabezado } from "./mesa_llamados.js";
import { leerLista, porLlegada } from "./mesa_memoria.js";
import { crear, direccionDeFicha, enlaceABoton, etiquetaDeEstado, fila, rellenar, unaVez } from "./mesa_piezas.js";
import { avisoDeRendiciones, leerRendiciones } from "./mesa_rendiciones.js";
import { salaDe } from "./mesa_sala.js";

const GUIA = "Marca quién asistió. A quien asistió le llega la encuesta.";
const CON_PUESTO = ["seleccionada", "confirmada", "participo", "no_asistio", "egresada"];
const RESPUESTAS = [["si", "Asistió", ["participo", "egresada"]], ["no", "No asistió", ["no_asistio"]]];

export async function abrirAsistencia({ id }) {
  const { lista, elegida, nodo } = await elegirConvocatoria(id, "Asistencia", GUIA, "asistencia");
  if (nodo) return { titulo: "Asistencia", nodo };
  const asistencia = new Asistencia(elegida, lista, await leerRendiciones(elegida.id), await salaDe(elegida));
  const alVolver = () => asistencia.enviarPendientes();
  const alCerrar = (suceso) => { if (asistencia.pendientes.cuantas > 0) suceso.preventDefault(); };
  window.addEventListener("online", alVolver);
  window.addEventListener("beforeunload", alCerrar);
  return {
    titulo: "Asistencia",
    nodo: asistencia.nodo,
    cerrar: () => {
      window.removeEventListener("online", alVolver);
      window.removeEventListener("beforeunload", alCerrar);
    },
  };
}

class Asistencia {
  constructor(convocatoria, lista, rendiciones, sala) {
    this.convocatoria = convocatoria;
    this.pendientes = new Pendientes(convocatoria.id);
    this.sinEnviar = crear("div", { class: "no-print" });
    this.rendiciones = crear("div", {}, avisoDeRendiciones(rendiciones));
    this.cuenta = crear("p", {});
    this.cuerpo = crear("tbody");
    this.nodo = crear("div", { class: "m-asistencia" }, encabezado(convocatoria, "Asistencia", GUIA), this.rendiciones, sala,
      !convocatoria.actividad_empezo && crear("p", { class: "aviso" }, `La actividad empieza el ${convocatoria.actividad_texto}: desde ese día se marca quién asistió.`), this.sinEnviar, this.cuenta,
      crear("table", { class: "tabla cola" },
        crear("caption", { class: "oculto" }, "Empresas con puesto, por orden de llegada"),
        crear("thead", {}, crear("tr", {}, ["Folio", "Empresa", "Estado", "Asistencia"].map((c) => crear("th", { scope: "col" }, c)),
          crear("th", { scope: "col", class: "m-solo-papel" }, "Firma"))),
        this.cuerpo),
      fila(crear("button", { type: "button", class: "boton b2 chica", al: { click: () => print() } }, "Imprimir la lista"),
        enlaceABoton(`#/jornada/${encodeURIComponent(convocatoria.id)}`, "Reemplazos, plano y cierre", "boton b2 chica")));
    this.dibujar(lista);
  }

  dibujar({ postulaciones }) {
    this.filas = porLlegada(postulaciones.filter((p) => p.convocatoria === this.convocatoria.id && CON_PUESTO.includes(p.estado)));
    this.cuerpo.replaceChildren(...this.filas.map((p) => this.renglon(p)));
    this.contar();
  }

  contar() {
    this.dibujarPendientes();
    const marcadas = this.filas.filter((p) => RESPUESTAS.some((respuesta) => this.estaMarcada(p, respuesta))).length;
    this.cuenta.textContent = this.filas.length === 0 ? "Todavía nadie tiene puesto en esta convocatoria."
      : `${this.filas.length} con puesto. ${marcadas === this.filas.length ? "Están todas marcadas." : faltan(this.filas.length - marcadas)}`;
  }

  /** La marca que vale en pantalla: la que espera señal o, si no hay, la guardada. */
  estaMarcada({ folio, estado }, [asistio, , estados]) {
    const pendiente = this.pendientes.de(folio);
    return pendiente ? pendiente.asistio === asistio : estados.includes(estado);
  }

  renglon(postulacion) {
    const renglon = crear("tr", { "data-folio": postulacion.folio },
      crear("th", { scope: "row" }, crear("a", { class: "toque num", href: direccionDeFicha(postulacion) }, postulacion.folio_texto)),
      crear("td", { "data-t": "Empresa" }, crear("span", {}, postulacion.nombre)),
      crear("td", { "data-t": "Estado" }, crear("span", {}, etiquetaDeEstado(postulacion.estado, postulacion.estado_texto),
        this.pendientes.de(postulacion.folio) && crear("span", { class: "chico m-renglon" }, "Marca sin enviar"))),
      crear("td", { "data-t": "Asistencia" }, crear("span", { class: "m-par", role: "group", "aria-label": `Asistencia de ${postulacion.nombre}` },
        RESPUESTAS.map((respuesta) => this.boton(postulacion, respuesta)))),
      crear("td", { class: "m-solo-papel" }));
    return renglon;
  }

  boton(postulacion, respuesta) {
    const [asistio, texto] = respuesta;
    const marcada = this.estaMarcada(postulacion, respuesta);
    const boton = crear("button", {
      type: "button", class: "boton b2 chica", "data-asistio": asistio, "aria-pressed": String(marcada),
      // Antes de la actividad nadie ha asistido todavía. Quien ya respondió la encuesta egresó: su asistencia no se cambia.
      disabled: postulacion.estado === "egresada" || !this.convocatoria.actividad_empezo,
      al: { click: () => marcada || unaVez(boton, () => this.marcar(postulacion, asistio, texto)) },
    }, texto);
    return boton;
  }

  async marcar(postulacion, asistio, texto) {
    callar();
    // Con marcas en espera, esta va detrás de ellas: así llegan en el orden en que se pusieron.
    if (this.pendientes.cuantas > 0) return this.dejarPendiente(postulacion, asistio, texto);
    try {
      const { estado, estado_texto: estadoTexto, version } = await enviar("asistencia", { folio: postulacion.folio, asistio, version: postulacion.version });
      Object.assign(postulacion, { estado, estado_texto: estadoTexto, version });
      this.redibujar(postulacion, asistio);
      decir(`${postulacion.nombre}: ${texto.toLowerCase()}.`);
    } catch (falla) {
      if (falla.codigo === "sin_red") return this.dejarPendiente(postulacion, asistio, texto);
      if (falla.codigo === "rendicion_pendiente") return this.avisarRendicion(falla, postulacion);
      if (falla.codigo !== "cambio_entre_medio") return mostrarFalla(falla);
      this.dibujar(await leerLista());
      mostrarErrores(falla.titulo, `${falla.message} La lista ya está al día.`);
    }
  }

  redibujar(postulacion, asistio) {
    this.cuerpo.querySelector(`[data-folio="${CSS.escape(postulacion.folio)}"]`).replaceWith(this.renglon(postulacion));
    this.enfocar(postulacion.folio, asistio);
    this.contar();
  }

  dejarPendiente(postulacion, asistio, texto) {
    this.pendientes.poner(postulacion, asistio);
    this.redibujar(postulacion, asistio);
    decir(`${postulacion.nombre}: ${texto.toLowerCase()}. Sin señal: la marca queda en este equipo.`);
  }

  dibujarPendientes() {
    const { cuantas: cuenta } = this.pendientes;
    if (cuenta === 0) return rellenar(this.sinEnviar);
    const boton = crear("button", { type: "button", class: "boton chica", al: { click: () => unaVez(boton, () => this.enviarPendientes()) } }, "Enviar ahora");
    return rellenar(this.sinEnviar, crear("section", { class: "aviso ojo", "aria-labelledby": "t-sin-enviar" },
      crear("h2", { id: "t-sin-enviar", class: "m-titulo" }, `${cuantas(cuenta, "marca", "marcas")} sin enviar`),
      crear("p", {}, "Quedan en este equipo, solo con su folio, aunque cierres la pestaña. Se envían solas cuando vuelve la señal con esta página abierta. Si sigues en otro equipo, bájalas y cárgalas en la jornada."),
      fila(boton, bajar(`marcas-${this.convocatoria.id}.csv`, () => aCsv(this.pendientes.todas()), "Bajar las marcas"))));
  }

  /** `sinHora`: si el reloj de este equipo está mal, la marca vale igual, con la hora en que llega. */
  async enviarPendientes({ sinHora = false } = {}) {
    const enviadas = this.pendientes.todas();
    if (enviadas.length === 0) return;
    callar();
    try {
      const quedo = await enviar("jornada/marcas", { convocatoria: this.convocatoria.id, csv: aCsv(sinHora ? enviadas.map((marca) => ({ ...marca, hora: "" })) : enviadas) });
      this.pendientes.quitar(enviadas);
      this.dibujar(await leerLista());
      rellenar(this.sinEnviar, resultado(quedo), this.pendientes.cuantas > 0 && this.sinEnviar.firstChild);
      decir("Marcas enviadas.");
    } catch (falla) {
      const { errores = [] } = falla.extra ?? {};
      if (!sinHora && errores.length > 0 && errores.every(({ columna }) => columna === "hora")) return this.enviarPendientes({ sinHora: true });
      mostrarErrores(falla.titulo, `${falla.message} Tus marcas siguen aquí.`,
        errores.map(({ fila: numero, mensaje }) => ({ texto: `${enviadas[numero - 2]?.folio ?? `Fila ${numero}`}: ${mensaje}` })));
    }
  }

  // La nómina pudo cargarse después de abrir esta página.
  async avisarRendicion(falla, { nombre, folio }) {
    rellenar(this.rendiciones, avisoDeRendiciones(await leerRendiciones(this.convocatoria.id)));
    mostrarErrores(falla.titulo, falla.message, [{ destino: direccionDeFicha({ folio }), texto: `Abrir la postulación de ${nombre}` }]);
  }

  enfocar(folio, asistio) {
    this.cuerpo.querySelector(`[data-folio="${CSS.escape(folio)}"] [data-asistio="${asistio}"]`).focus();
  }
}

const faltan = (cuenta) => (cuenta === 1 ? "Falta 1 por marcar." : `Faltan ${cuenta} por marcar.`);

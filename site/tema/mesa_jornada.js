// La jornada de una actividad: marcas que no calzan, reemplazos, plano, aportes, cierre y quién hizo qué.

import { aportes } from "./mesa_aportes.js";
import { enviar, leer } from "./mesa_api.js";
import { callar, decir, mostrarErrores, mostrarFalla } from "./mesa_avisos.js";
import { cierre } from "./mesa_cierre.js";
import { elegirConvocatoria, encabezado } from "./mesa_llamados.js";
import { cuantas, resultado } from "./mesa_marcas.js";
import { leerLista } from "./mesa_memoria.js";
import { campo, crear, direccionDeFicha, enlaceABoton, fila, rellenar, unaVez } from "./mesa_piezas.js";
import { plano } from "./mesa_plano.js";
import { reemplazos } from "./mesa_reemplazo.js";

const GUIA = "Lo que pasa el día de la actividad, y cómo se cierra. Cada cosa queda con quién la hizo y cuándo.";

export async function abrirJornada({ id }) {
  const { lista, elegida, nodo } = await elegirConvocatoria(id, "Jornada", GUIA, "jornada");
  if (nodo) return { titulo: "Jornada", nodo };
  const datos = await leer(`jornada?convocatoria=${encodeURIComponent(elegida.id)}`);
  return { titulo: "Jornada", nodo: new Jornada(elegida, lista, datos).nodo };
}

/** Quién y cuándo, en una línea. */
export const firma = ({ quien, cuando_texto: cuando }) => crear("span", { class: "chico m-renglon" }, `${quien}, el ${cuando}`);

class Jornada {
  constructor(convocatoria, lista, datos) {
    this.convocatoria = convocatoria;
    this.cuerpo = crear("div");
    this.nodo = crear("div", { class: "m-jornada" }, encabezado(convocatoria, "Jornada", GUIA), this.cuerpo);
    this.dibujar(lista, datos);
  }

  dibujar(lista, datos) {
    this.datos = datos;
    this.empresas = new Map(lista.postulaciones.filter((p) => p.convocatoria === this.convocatoria.id).map((p) => [p.folio, p]));
    rellenar(this.cuerpo, this.comoVa(), this.choques(), reemplazos(this), plano(this), aportes(this), this.cargar(), cierre(this), this.bitacora());
  }

  nombre(folio) { return this.empresas.get(folio)?.nombre ?? folio; }

  /** Envía, dibuja lo que quedó y deja el foco en el título de esa parte. Lo que falla se explica y nada se pierde. */
  async guardar(camino, cuerpo, parte, frase, campos) {
    callar();
    try {
      const datos = await enviar(`jornada/${camino}`, cuerpo);
      await this.alDia(datos, parte);
      decir(frase);
      return datos;
    } catch (falla) {
      if (falla.codigo !== "cambio_entre_medio") return mostrarFalla(falla, campos);
      await this.alDia(null, parte);
      mostrarErrores(falla.titulo, `${falla.message} Esta página ya está al día.`);
    }
    return null;
  }

  async alDia(datos, parte) {
    const leidos = datos ?? await leer(`jornada?convocatoria=${encodeURIComponent(this.convocatoria.id)}`);
    this.dibujar(await leerLista(), leidos);
    document.getElementById(parte)?.focus();
  }

  comoVa() {
    const { asistieron, no_asistieron: no, sin_marcar: sin, sin_encuesta: encuesta } = this.datos.balance;
    return crear("section", { "aria-labelledby": "j-como" },
      crear("h2", { id: "j-como", tabindex: "-1" }, "Cómo va"),
      crear("ul", { class: "lista" },
        crear("li", {}, `${cuantas(asistieron, "asistió", "asistieron")}, ${no} no ${no === 1 ? "asistió" : "asistieron"} y ${cuantas(sin, "sigue", "siguen")} sin marcar.`),
        crear("li", {}, `Encuestas por responder: ${encuesta}.`)),
      fila(enlaceABoton(`#/asistencia/${encodeURIComponent(this.convocatoria.id)}`, "Marcar la asistencia", "boton chica no-print")));
  }

  choques() {
    if (this.datos.choques.length === 0) return null;
    return crear("section", { class: "aviso ojo", "aria-labelledby": "j-choques" },
      crear("h2", { id: "j-choques", class: "m-titulo", tabindex: "-1" }, "Marcas que no calzan"),
      crear("p", {}, "Llegaron en un archivo y no se pusieron encima de lo que había. Decide cuál vale."),
      crear("ul", { class: "lista" }, this.datos.choques.map((choque) => this.choque(choque))));
  }

  choque({ folio, folio_texto: texto, asistio, hora_texto: hora, por_que: porQue, ...quien }) {
    const empresa = this.empresas.get(folio);
    const boton = (vale, palabras) => {
      const uno = crear("button", { type: "button", class: "boton b2 chica", al: { click: () => unaVez(uno, () => this.decidir(empresa, vale)) } }, palabras);
      return uno;
    };
    return crear("li", { class: "m-documento" },
      crear("div", {}, crear("b", {}, `${this.nombre(folio)} (${texto})`),
        crear("span", { class: "m-renglon" }, `El archivo dice que ${asistio === "si" ? "asistió" : "no asistió"}${hora ? `, el ${hora}` : ""}. ${porQue}`), firma(quien)),
      empresa && crear("span", { class: "m-par", role: "group", "aria-label": `Qué vale para ${this.nombre(folio)}` }, boton("si", "Asistió"), boton("no", "No asistió")));
  }

  async decidir(empresa, asistio) {
    callar();
    try {
      await enviar("asistencia", { folio: empresa.folio, asistio, version: empresa.version });
      await this.alDia(null, "j-como");
      decir(`${empresa.nombre}: ${asistio === "si" ? "asistió" : "no asistió"}.`);
    } catch (falla) {
      if (falla.codigo === "cambio_entre_medio") await this.alDia(null, "j-choques");
      mostrarErrores(falla.titulo, falla.message, [{ destino: direccionDeFicha(empresa), texto: `Abrir la postulación de ${empresa.nombre}` }]);
    }
  }

  cargar() {
    if (this.datos.cierre.cerrada) return null;
    const archivo = crear("input", { type: "file", accept: ".csv,text/csv,text/plain" });
    const csv = crear("textarea", { rows: "5", spellcheck: "false", autocomplete: "off", class: "mono" });
    archivo.addEventListener("change", async () => {
      if (archivo.files[0]) csv.value = await archivo.files[0].text();
    });
    const boton = crear("button", { type: "submit", class: "boton b2 chica" }, "Cargar las marcas");
    const alEnviar = (suceso) => {
      suceso.preventDefault();
      unaVez(boton, () => this.subir(csv.value));
    };
    this.quedo = crear("div");
    return crear("section", { class: "no-print", "aria-labelledby": "j-cargar" },
      crear("h2", { id: "j-cargar", tabindex: "-1" }, "Cargar marcas hechas sin señal"),
      crear("p", { class: "ayuda" }, "Sirve la lista que se baja en «Bajar e imprimir», o un archivo con folio, asistio y hora. Repetirlo no cambia nada, y nunca borra una marca puesta aquí."),
      this.quedo,
      crear("form", { class: "caja m-angosto", novalidate: true, "aria-labelledby": "j-cargar", al: { submit: alEnviar } },
        campo("j-archivo", "Elige el archivo", null, archivo),
        campo("j-csv", "O pega aquí sus filas", "La primera dice folio,asistio,hora. La hora va como 10:35 y puede faltar.", csv), boton));
  }

  async subir(csv) {
    callar();
    try {
      const datos = await enviar("jornada/marcas", { convocatoria: this.convocatoria.id, csv });
      await this.alDia(datos, "j-cargar");
      rellenar(this.quedo, resultado(datos));
    } catch (falla) {
      const { errores = [] } = falla.extra;
      if (errores.length === 0) return mostrarFalla(falla, () => "j-csv");
      mostrarErrores(falla.titulo, falla.message, errores.map(({ fila: numero, columna, mensaje }) => (
        { id: "j-csv", texto: `Fila ${numero}${columna ? `, ${columna}` : ""}: ${mensaje}` })));
    }
    return null;
  }

  bitacora() {
    const { bitacora } = this.datos;
    const renglones = bitacora.map(({ que_texto: que, detalle, ...quien }) => (
      crear("li", {}, crear("b", {}, que), detalle && crear("span", { class: "m-renglon" }, detalle), firma(quien))));
    const marcas = this.datos.marcas.map(({ folio, motivo, ...quien }) => (
      crear("li", {}, crear("b", {}, this.nombre(folio)), crear("span", { class: "m-renglon" }, motivo), firma(quien))));
    return crear("section", { "aria-labelledby": "j-quien" },
      crear("h2", { id: "j-quien" }, "Quién hizo qué"),
      renglones.length === 0 ? crear("p", { class: "chico" }, "Todavía nadie anota nada.") : crear("ul", { class: "lista" }, renglones),
      marcas.length > 0 && crear("details", {}, crear("summary", {}, `Quién marcó la asistencia (${marcas.length})`), crear("ul", { class: "lista" }, marcas)));
  }
}


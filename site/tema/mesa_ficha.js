// La ficha de una postulación: se lee a la izquierda, se decide a la derecha, y nada de lo escrito se pierde.

import { callar, decir, mostrarErrores, mostrarFalla } from "./mesa_avisos.js";
import { enviar, leer } from "./mesa_api.js";
import { conElMismoFoco } from "./mesa_foco.js";
import { abstencion, cuerpoDeAbstencion, faltasDeAbstencion, ID_DE_ABSTENCION } from "./mesa_abstencion.js";
import { elementoDeCorreccion, porCorregir } from "./mesa_correcciones.js";
import { cuerpoDe, decision, decisionesDe, faltasDe, nombreDe, revisaReglas } from "./mesa_decision.js";
import { atajosDe } from "./mesa_atajos.js";
import { avisos, historia, respuestas } from "./mesa_expediente.js";
import { llegoEnPapel, noCalza } from "./mesa_llego.js";
import {
  adelantarFicha, borradorDe, caminoDeFicha as camino, convocatoriaDe, direccionDeLaCola, fichaAdelantada, guardarBorrador, hayBorrador,
  hayRecorrido, leerLista, olvidarBorrador, porLlegada, recordarCola, vecino,
} from "./mesa_memoria.js";
import { cuerpoDeNotas, dichoDeNotas, escrito, faltasDeNotas, idDeNota, idDeRazon, notas, puedeCalificar } from "./mesa_notas.js";
import { conComa, crear, demostracion, direccionDeFicha, enlaceABoton, etiquetaDeEstado, fila, palabraDe, rellenar } from "./mesa_piezas.js";
import { cuentaDeRequisitos, ID_DE_REGLAS, idDeRegla, requisitos } from "./mesa_requisitos.js";
import { avisoDeDerechos, cartaDeCompromiso } from "./mesa_suyo.js";
import { Visor } from "./mesa_visor.js";

// Lo que se mira ya es otro: se vuelve a leer sin perder lo escrito.
const SE_RELEEN = ["cambio_entre_medio", "accion_imposible", "te_abstuviste", "te_corrigieron", "viste_el_nombre", "pauta_completa"];

export async function abrirFicha({ id }) {
  const [adelantada] = await Promise.all([fichaAdelantada(id), prepararRecorrido()]);
  const detalle = adelantada ?? await leer(camino(id));
  const vista = new Ficha(detalle);
  adelantarFicha(vecino(detalle.folio, 1));
  if (adelantada) vista.ponerAlDia();
  return {
    titulo: detalle.folio_texto, nodo: vista.nodo, vecino: (paso) => irA(vecino(detalle.folio, paso)),
    teclas: atajosDe(vista), cerrar: () => vista.visor.cerrar(),
  };
}

// Quien llega directo a una ficha recorre las que esperan revisión.
async function prepararRecorrido() {
  const lista = await leerLista({ basta: true });
  if (hayRecorrido()) return;
  const pendientes = lista.postulaciones.filter(({ estado }) => ["recibida", "retenida"].includes(estado));
  recordarCola(direccionDeLaCola(), porLlegada(pendientes).map(({ folio }) => folio));
}

function irA(folio) {
  if (folio) location.hash = direccionDeFicha({ folio });
  else decir("No hay más postulaciones en esa dirección de la lista.");
}

class Ficha {
  constructor(detalle) {
    this.nodo = crear("div");
    this.dibujar(detalle);
  }

  dibujar(detalle) {
    // Los mismos documentos siguen a la vista al guardar: no se piden otra vez.
    if (JSON.stringify([detalle.documentos, detalle.a_ciegas]) !== this.vistos) {
      this.visor?.cerrar();
      this.visor = new Visor(detalle);
      this.vistos = JSON.stringify([detalle.documentos, detalle.a_ciegas]);
    }
    this.detalle = detalle;
    this.convocatoria = convocatoriaDe(detalle.convocatoria);
    rellenar(
      this.nodo,
      crear("p", { class: "miga" }, crear("a", { href: direccionDeLaCola() }, "← Volver a la cola")),
      crear("div", { class: `columnas m-ficha${detalle.documentos.length > 0 ? " m-lado" : ""}` },
        crear("div", {}, this.encabezado(), avisoDeDerechos(detalle), llegoEnPapel(detalle), noCalza(detalle), porCorregir(detalle), this.loQueSeJuzga()),
        this.visor.nodo,
        crear("aside", { class: "pegada no-print", "aria-label": "Decidir" }, this.decision(), this.abstencion(), this.siguiente()),
        crear("div", { class: "m-resto" }, cartaDeCompromiso(detalle), historia(detalle), avisos(detalle))),
    );
  }

  /** Se mostró lo que se había pedido antes: si entretanto cambió, se muestra lo de ahora con lo que se haya escrito. */
  async ponerAlDia() {
    const ahora = await leer(camino(this.detalle.folio)).catch(() => null);
    if (!ahora || !this.nodo.isConnected || JSON.stringify(ahora) === JSON.stringify(this.detalle)) return;
    const escribia = hayBorrador(ahora.folio);
    conElMismoFoco(this.nodo, () => this.dibujar(ahora));
    decir(`Alguien la cambió recién: esto es lo último.${escribia ? " Lo que escribiste sigue aquí." : ""}`);
  }

  get borrador() {
    return borradorDe(this.detalle.folio);
  }

  anotar(cambios) {
    guardarBorrador(this.detalle.folio, { ...this.borrador, ...cambios });
  }

  encabezado() {
    const { detalle } = this;
    const nombre = detalle.respuestas.find(({ clave }) => clave === "nombre")?.texto ?? `Postulación ${detalle.folio_texto}`;
    return crear("div", {},
      crear("p", { class: "chico" }, `${detalle.folio_texto} · ${detalle.convocatoria_nombre}`, demostracion(this.convocatoria?.demostracion)),
      crear("h1", { tabindex: "-1", class: "m-nombre" }, nombre),
      crear("p", { class: "fila" }, etiquetaDeEstado(detalle.estado, detalle.estado_texto),
        detalle.puntaje && crear("span", { class: "num" }, `Puntaje ${conComa(detalle.puntaje)}`),
        detalle.oferta_vence_texto && crear("span", {}, `Tiene hasta ${detalle.oferta_vence_texto} para aceptar`)),
      crear("p", { class: "guia" }, cuentaDeRequisitos(detalle), "El sistema propone, tú decides."),
      detalle.a_ciegas && crear("p", { class: "aviso m-angosto" }, crear("b", {}, "Se califica a ciegas. "),
        "Hasta que se elija no se ven el nombre, el RUT, el correo ni los documentos."),
      decisionesDe(detalle).length > 0 && crear("p", { class: "m-solo-angosto no-print" }, crear("button", {
        type: "button", class: "boton b2 chica", al: { click: () => document.querySelector("[name=decision]").focus() },
      }, "Ir a mi decisión")));
  }

  // A quien le toca poner nota lee primero las respuestas, y los requisitos ya están revisados.
  loQueSeJuzga() {
    const partes = [this.requisitos(), this.notas(), respuestas(this.detalle)];
    return puedeCalificar(this.detalle, this.convocatoria) ? partes.reverse() : partes;
  }

  requisitos() {
    return requisitos(this.detalle, this.borrador, {
      editable: revisaReglas(this.detalle),
      alCambiar: (regla, resultado) => this.anotar({ hallazgos: { ...this.borrador.hallazgos, [regla]: resultado } }),
      alMirar: (documento) => this.visor.mostrarDe(documento),
    });
  }

  notas() {
    return notas(this.detalle, this.borrador, this.convocatoria, {
      alCambiar: (parte, criterio, valor) => this.anotar({ [parte]: { ...this.borrador[parte], [criterio]: valor } }),
      alGuardar: () => this.guardarNotas(),
    });
  }

  decision() {
    return decision(this.detalle, this.borrador, {
      alCambiar: (cambios) => this.anotar(cambios),
      alGuardar: () => this.guardarDecision(),
    });
  }

  abstencion() {
    return abstencion(this.detalle, this.borrador, {
      alCambiar: (motivo) => this.anotar({ abstencion: motivo }),
      alGuardar: () => this.guardarAbstencion(),
    });
  }

  siguiente() {
    const folio = vecino(this.detalle.folio, 1);
    return folio
      ? fila(enlaceABoton(direccionDeFicha({ folio }), "Abrir la siguiente", "boton b2"))
      : crear("p", { class: "chico" }, "Es la última de la lista.");
  }

  guardarDecision() {
    const antes = this.detalle;
    return this.guardar("evaluacion", faltasDe(this.detalle, this.borrador), () => cuerpoDe(this.detalle, this.borrador),
      (detalle, { decision: elegida }) => `Guardado: ${nombreDe(elegida, antes).toLowerCase()}. Ahora está en «${palabraDe(detalle.estado, detalle.estado_texto)}».`);
  }

  guardarNotas() {
    const filas = escrito(this.detalle, this.borrador, this.convocatoria);
    return this.guardar("evaluacion", faltasDeNotas(filas), () => cuerpoDeNotas(this.detalle, filas), dichoDeNotas);
  }

  guardarAbstencion() {
    return this.guardar("abstencion", faltasDeAbstencion(this.borrador), () => cuerpoDeAbstencion(this.detalle, this.borrador),
      () => "Te abstuviste. Otra persona decide aquí.");
  }

  /** Manda lo escrito si no le falta nada; `dicho` es la frase que cuenta cómo quedó. */
  async guardar(puerta, faltas, armar, dicho) {
    callar();
    if (faltas.length > 0) return mostrarErrores("Falta algo para guardar", null, faltas);
    const cuerpo = armar();
    try {
      const detalle = await enviar(`${camino(this.detalle.folio)}/${puerta}`, cuerpo);
      olvidarBorrador(detalle.folio);
      this.dibujar(detalle);
      this.nodo.querySelector("h1").focus();
      decir(dicho(detalle, cuerpo));
    } catch (falla) {
      await this.explicar(falla);
    }
  }

  async explicar(falla) {
    if (SE_RELEEN.includes(falla.codigo)) {
      const anterior = this.detalle;
      this.dibujar(await leer(camino(anterior.folio)));
      const ahora = this.detalle.estado === anterior.estado ? "Sigue" : "Ahora está";
      mostrarErrores(falla.titulo, `${falla.message} ${ahora} en «${palabraDe(this.detalle.estado, this.detalle.estado_texto)}». Lo que escribiste sigue aquí.`);
    } else {
      mostrarFalla(falla, (nombre) => this.elementoDe(nombre));
    }
  }

  /** El elemento que corresponde a un campo nombrado por el servidor, con o sin el nombre del grupo delante. */
  elementoDe(nombre) {
    const corto = nombre.split(".").pop();
    const primera = `decision-${decisionesDe(this.detalle)[0]}`;
    if (corto === "hallazgos") return ID_DE_REGLAS;
    if (corto === "decision") return primera;
    const posibles = [elementoDeCorreccion(nombre), nombre.startsWith("justificaciones.") && idDeRazon(corto), corto, idDeRegla(corto),
      idDeNota(corto), !document.getElementById("motivo") && ID_DE_ABSTENCION, primera];
    return posibles.find((id) => id && document.getElementById(id)) ?? null;
  }
}

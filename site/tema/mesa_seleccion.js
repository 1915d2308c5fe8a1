// La selección: simular muestra las listas sin cambiar nada; ejecutar las deja firmes con su razón.

import { callar, decir, mostrarErrores, mostrarFalla } from "./mesa_avisos.js";
import { enviar } from "./mesa_api.js";
import { actas, leerActas } from "./mesa_actas.js";
import { listas as listasDe, listasDeHoy } from "./mesa_listas.js";
import { elegirConvocatoria, encabezado, puestos, tope } from "./mesa_llamados.js";
import { leerLista } from "./mesa_memoria.js";
import { campo, crear, direccionDeFicha, enlaceABoton, fila, unaVez, rellenar } from "./mesa_piezas.js";

const GUIA = "Mira primero cómo quedarían las listas. Nada cambia hasta que ejecutes.";
const GUIA_DE_NUEVO = "Ya se eligió: abajo están las listas de hoy. Simula otra vez solo si quedan postulaciones por decidir.";
const REPETIBLES = ["cambio_entre_medio", "sin_cupo"];

export async function abrirSeleccion({ id }) {
  const { lista, elegida, nodo } = await elegirConvocatoria(id, "Selección", GUIA, "seleccion");
  if (nodo) return { titulo: "Selección", nodo };
  return { titulo: "Selección", nodo: new Seleccion(elegida, await leerActas(elegida.id), listasDeHoy(elegida, lista)).nodo };
}

class Seleccion {
  /** `hoy`: las listas como están, si ya se eligió. */
  constructor(convocatoria, anteriores, hoy) {
    this.convocatoria = convocatoria;
    this.motivo = "";
    this.cupo = crear("p", { class: "num" }, puestos(convocatoria));
    this.resultado = crear("div", { class: "m-listas" });
    if (hoy) rellenar(this.resultado, crear("h2", {}, "Las listas de hoy"), listasDe(hoy, convocatoria));
    this.actas = crear("div", {}, actas(anteriores));
    this.boton = crear("button", { type: "button", class: "boton" }, "Simular la selección");
    this.boton.addEventListener("click", () => unaVez(this.boton, () => this.simular()));
    const modo = convocatoria.modo_seleccion === "puntaje" ? "Se elige por puntaje." : "Se elige por orden de llegada.";
    this.nodo = crear("div", {}, encabezado(convocatoria, "Selección", hoy ? GUIA_DE_NUEVO : GUIA), crear("p", {}, modo), this.cupo, tope(convocatoria) && crear("p", { class: "num" }, tope(convocatoria)), fila(this.boton), this.resultado, this.actas);
  }

  async pedir(accion) {
    const listas = await enviar("seleccion", { convocatoria: this.convocatoria.id, accion, ...(accion === "ejecutar" && { motivo: this.motivo.trim() }) });
    this.cupo.textContent = puestos(listas.cupo);
    return listas;
  }

  async simular() {
    callar();
    try {
      this.mostrar(await this.pedir("simular"));
      // Desde ahora lo principal es ejecutar.
      this.boton.classList.add("b2");
      this.boton.textContent = "Simular otra vez";
      this.resultado.querySelector("h2").focus();
      decir("Lista la simulación. Todavía no cambia nada.");
    } catch (falla) {
      this.explicar(falla);
    }
  }

  mostrar(listas) {
    const hay = listas.seleccionadas.length + listas.espera.length + listas.no_seleccionadas.length > 0;
    rellenar(
      this.resultado,
      crear("h2", { tabindex: "-1" }, listas.ejecutada ? "Selección ejecutada" : "Así quedaría"),
      crear("p", {}, listas.ejecutada ? "Los correos ya están saliendo." : "Es una simulación: nadie recibe nada todavía."),
      listasDe(listas, this.convocatoria),
      listas.acta && crear("p", { class: "aviso bien" }, `Quedó el acta ${listas.acta.id}.`),
      listas.ejecutada ? fila(enlaceABoton(`#/asistencia/${encodeURIComponent(this.convocatoria.id)}`, "Ir a la asistencia", "boton b2 chica"))
        : hay ? this.formulario(listas) : crear("p", { class: "aviso" }, "No hay ninguna postulación por seleccionar."),
    );
  }

  formulario(listas) {
    const motivo = crear("textarea", { rows: "4", maxlength: "2000" });
    motivo.value = this.motivo;
    motivo.addEventListener("input", () => { this.motivo = motivo.value; });
    const boton = crear("button", { type: "submit", class: "boton" }, "Ejecutar la selección");
    const avisadas = listas.seleccionadas.length + listas.espera.length + listas.no_seleccionadas.length;
    const correos = avisadas === 1 ? "un correo" : `${avisadas} correos`;
    const ejecutar = (suceso) => {
      suceso.preventDefault();
      unaVez(boton, () => this.ejecutar());
    };
    return crear("form", { class: "caja no-print m-angosto", novalidate: true, "aria-labelledby": "t-ejecutar", al: { submit: ejecutar } },
      crear("h2", { id: "t-ejecutar" }, "Ejecutar la selección"),
      campo("motivo", "Razón de la selección", "Queda en el acta. Di con qué regla y qué revisión se eligió.", motivo),
      crear("fieldset", { class: "campo m-decisiones" }, crear("legend", {}, "Confirma"),
        crear("label", { class: "opcion" }, crear("input", { type: "checkbox", id: "confirmo" }),
          crear("span", {}, `Revisé las listas. Entiendo que salen ${correos} y que no se deshace desde aquí.`))),
      boton);
  }

  async ejecutar() {
    callar();
    const faltas = [];
    if (!this.motivo.trim()) faltas.push({ id: "motivo", texto: "Escribe la razón de la selección" });
    if (!document.getElementById("confirmo").checked) faltas.push({ id: "confirmo", texto: "Confirma que revisaste las listas" });
    if (faltas.length > 0) return mostrarErrores("Falta algo para ejecutar", null, faltas);
    try {
      const listas = await this.pedir("ejecutar");
      this.motivo = "";
      this.boton.hidden = true;
      this.mostrar(listas);
      this.resultado.querySelector("h2").focus();
      decir("Selección ejecutada.");
      rellenar(this.actas, actas(await leerActas(this.convocatoria.id)));
      // Para que la asistencia y la cola vean los estados nuevos.
      await leerLista();
    } catch (falla) {
      await this.explicar(falla);
    }
  }

  async explicar(falla) {
    if (falla.codigo === "falta_revisar") {
      const faltas = falla.extra.faltan.map(({ folio, folio_texto: texto, falta }) => (
        { destino: direccionDeFicha({ folio }), texto: `${texto}: ${falta}` }));
      return mostrarErrores(falla.titulo, falla.message, faltas);
    }
    if (REPETIBLES.includes(falla.codigo)) {
      this.mostrar(await this.pedir("simular"));
      return mostrarErrores(falla.titulo, `${falla.message} Volvimos a simular y tu razón sigue aquí.`);
    }
    return mostrarFalla(falla, () => (document.getElementById("motivo") ? "motivo" : null));
  }
}

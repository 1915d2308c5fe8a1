// Los registros del programa: participaciones de años anteriores y rendiciones pendientes, desde un archivo CSV.

import { enviar, leer } from "./mesa_api.js";
import { callar, decir, mostrarErrores, mostrarFalla } from "./mesa_avisos.js";
import { campo, crear, rellenar, unaVez } from "./mesa_piezas.js";
import { puedeRegistrar } from "./mesa_sesion.js";

const TITULO = "Registros";
const GUIA = "Con estas dos listas la mesa sabe quién ya participó y quién debe una rendición. De cada RUT queda solo una huella que no se puede leer.";
const CARGAS = [
  {
    ruta: "participaciones",
    titulo: "Participaciones anteriores",
    columnas: "rut,componente,tipo_actividad,objetivo,anio",
    ejemplo: "Cada fila es una participación. Cargar dos veces la misma no la repite. "
      + "Si una empresa estuvo en dos actividades iguales el mismo año, agrega la columna actividad con un nombre corto, como feria-de-otono.",
    boton: "Cargar las participaciones",
    situacion: ({ participaciones_texto: cuando }) => `Las de este portal se anotan solas al marcar la asistencia: aquí van las de antes. ${cuando
      ? `Se cargaron por última vez el ${cuando}.` : "Nadie ha cargado las de antes: mientras falten, repetir lo revisa una persona."}`,
  },
  {
    ruta: "rendiciones",
    titulo: "Rendiciones pendientes",
    columnas: "rut",
    ejemplo: "Cada fila es una empresa con una rendición pendiente. La lista nueva reemplaza entera a la anterior.",
    boton: "Reemplazar la nómina",
    situacion: ({ rendiciones_corte_texto: corte }) => (corte ? `La nómina vigente es del ${corte}.` : "Todavía no hay ninguna nómina cargada."),
    conCorte: true,
  },
];

// Con qué palabras se escribe cada columna, como las reconoce el servidor.
function valores({ tipos_actividad: tipos, objetivos }) {
  const filas = [
    ["componente", Object.keys(tipos).join(" o ")],
    ...Object.entries(tipos).map(([componente, suyos]) => [`tipo_actividad, componente ${componente}`, suyos.join(", ")]),
    ["objetivo", objetivos.join(", ")],
  ];
  return crear("dl", { class: "m-prueba chico" }, filas.map(([columna, aceptados]) => (
    crear("div", {}, crear("dt", {}, columna), crear("dd", { class: "mono" }, aceptados)))));
}

export async function abrirRegistros() {
  const nodo = crear("div", {}, crear("h1", { tabindex: "-1" }, TITULO));
  if (!puedeRegistrar()) {
    nodo.append(crear("p", { class: "guia" }, "Tu rol no carga registros. Lo hace quien evalúa o el nivel nacional."));
    return { titulo: TITULO, nodo };
  }
  const situacion = await leer("registros");
  nodo.append(crear("p", { class: "guia" }, GUIA), ...CARGAS.map((carga) => new Carga(carga, situacion).nodo), quienCargo(situacion));
  return { titulo: TITULO, nodo };
}

export function quienCargo({ quien_cargo: cargas }) {
  return crear("section", { class: "m-angosto", "aria-labelledby": "t-quien-cargo" },
    crear("h2", { id: "t-quien-cargo" }, "Quién cargó y cuándo"),
    cargas.length === 0 ? crear("p", { class: "chico" }, "Todavía nadie ha cargado nada.")
      : crear("ul", { class: "lista" }, cargas.map(({ que_texto: que, detalle, quien, cuando_texto: cuando }) => (
        crear("li", {}, crear("b", {}, que), crear("span", { class: "m-renglon" }, detalle), crear("span", { class: "chico m-renglon" }, `${quien}, el ${cuando}`))))));
}

export class Carga {
  constructor(carga, situacion) {
    this.carga = carga;
    const { ruta, titulo, columnas, ejemplo, boton, conCorte, sinValores } = carga;
    this.situacion = crear("p", { tabindex: "-1" }, carga.situacion(situacion));
    this.csv = crear("textarea", { rows: "6", spellcheck: "false", autocomplete: "off", class: "mono" });
    this.archivo = crear("input", { type: "file", accept: ".csv,text/csv,text/plain", al: { change: () => this.leerArchivo() } });
    this.corte = conCorte && crear("input", { type: "date", class: "m-fecha" });
    this.boton = crear("button", { type: "submit", class: "boton" }, boton);
    this.fallas = crear("div");
    const guardar = (suceso) => {
      suceso.preventDefault();
      unaVez(this.boton, () => this.guardar());
    };
    this.nodo = crear("section", { class: "m-angosto", "aria-labelledby": `t-${ruta}` },
      crear("h2", { id: `t-${ruta}` }, titulo),
      this.situacion,
      crear("form", { class: "caja", novalidate: true, "aria-labelledby": `t-${ruta}`, al: { submit: guardar } },
        crear("p", {}, "La primera fila lleva los nombres de las columnas: ", crear("code", { class: "mono" }, columnas), ". ", ejemplo),
        !conCorte && !sinValores && valores(situacion),
        conCorte && campo(`${ruta}-corte`, "Fecha de la nómina", "El día en que se sacó la lista.", this.corte),
        campo(`${ruta}-archivo`, "Elige el archivo", null, this.archivo),
        campo(`${ruta}-csv`, "O pega aquí sus filas", "No queda guardado en este equipo.", this.csv),
        this.fallas,
        this.boton));
  }

  async leerArchivo() {
    const [archivo] = this.archivo.files;
    if (!archivo) return;
    this.csv.value = await archivo.text();
    decir(`Leímos ${archivo.name}. Revisa las filas y cárgalas.`);
  }

  faltas() {
    const { ruta } = this.carga;
    return [
      this.corte && !this.corte.value && { id: `${ruta}-corte`, texto: "Escribe la fecha de la nómina" },
      !this.csv.value.trim() && { id: `${ruta}-csv`, texto: "Elige el archivo o pega sus filas" },
    ].filter(Boolean);
  }

  async guardar() {
    callar();
    rellenar(this.fallas);
    const faltas = this.faltas();
    if (faltas.length > 0) return mostrarErrores("Falta algo para cargar", null, faltas);
    try {
      const quedo = await enviar(this.carga.ruta, { csv: this.csv.value, ...(this.corte && { corte: this.corte.value }) });
      this.csv.value = this.archivo.value = "";
      this.situacion.textContent = this.carga.situacion(quedo);
      this.situacion.focus();
      decir(`${this.carga.titulo}: ${cuantas(quedo.filas, "fila cargada", "filas cargadas")}, de ${cuantas(quedo.empresas, "empresa", "empresas")}.`);
    } catch (falla) {
      this.explicar(falla);
    }
  }

  explicar(falla) {
    const { errores = [] } = falla.extra;
    const { ruta } = this.carga;
    if (errores.length === 0) return mostrarFalla(falla, (nombre) => (nombre === "corte" && this.corte ? `${ruta}-corte` : `${ruta}-csv`));
    rellenar(this.fallas, crear("ul", { class: "lista" }, errores.map((error) => this.unaFalla(error))));
    return mostrarErrores(falla.titulo, falla.message, [{ id: `${ruta}-csv`, texto: `${cuantas(errores.length, "fila", "filas")} por corregir. No se cargó ninguna.` }]);
  }

  unaFalla({ fila, columna, mensaje }) {
    return crear("li", { class: "m-documento" },
      crear("span", {}, crear("b", {}, columna ? `Fila ${fila}, columna ${columna}` : `Fila ${fila}`), mensaje),
      crear("button", { type: "button", class: "boton b2 chica", al: { click: () => this.irALaFila(fila) } }, `Ir a la fila ${fila}`));
  }

  // La fila 1 es la de los nombres, igual que en la planilla.
  irALaFila(fila) {
    const renglones = this.csv.value.split("\n");
    const desde = renglones.slice(0, fila - 1).reduce((suma, renglon) => suma + renglon.length + 1, 0);
    this.csv.focus();
    this.csv.setSelectionRange(desde, desde + (renglones[fila - 1] ?? "").length);
  }
}

export const cuantas = (cuenta, una, varias) => `${cuenta} ${cuenta === 1 ? una : varias}`;

// Bajar e imprimir: la cola, las listas y la asistencia. Cada vez queda anotado quién, cuándo y cuántas filas.

import { enviar } from "./mesa_api.js";
import { callar, decir, mostrarFalla } from "./mesa_avisos.js";
import { elegirConvocatoria, encabezado } from "./mesa_llamados.js";
import { bajar, cuantas } from "./mesa_marcas.js";
import { crear, fila, palabraDe, rellenar, unaVez } from "./mesa_piezas.js";

const TITULO = "Bajar e imprimir";
const GUIA = "Trae solo lo que tu rol puede ver. Queda anotado quién lo pidió: bórralo de tu equipo cuando ya no lo uses.";
const LISTAS = [
  ["cola", "La cola entera", "Todas las que confirmaron su correo, por orden de llegada."],
  ["listas", "Las listas de la selección", "Con puesto, en espera en su orden, y las que no quedaron."],
  ["asistencia", "La lista de asistencia", "Se llena sin señal y se carga después en la jornada."],
];
const NOMBRES = {
  folio: "Folio", empresa: "Empresa", estado: "Estado", llegada: "Llegada", canal: "Canal", comuna: "Comuna", puntaje: "Puntaje", rut: "RUT",
  telefono: "Teléfono", correo: "Correo", lista: "Lista", orden: "Orden", lugar: "Lugar", asistio: "Asistió", hora: "Hora", version: "Versión",
};
const PALABRAS = {
  lista: { seleccionadas: "Con puesto", espera: "En espera", no_seleccionadas: "Sin puesto" }, asistio: { si: "Sí", no: "No" },
  canal: { en_linea: "En línea", presencial: "Presencial" },
};
// Son para volver a cargar el archivo: en papel no dicen nada.
const SOLO_EN_EL_ARCHIVO = ["version"];

export async function abrirExportar({ id }) {
  const { elegida, nodo } = await elegirConvocatoria(id, TITULO, GUIA, "exportar");
  return { titulo: TITULO, nodo: nodo ?? new Exportar(elegida).nodo };
}

class Exportar {
  constructor(convocatoria) {
    this.convocatoria = convocatoria;
    this.hoja = crear("div");
    this.nodo = crear("div", { class: "m-exportar" }, encabezado(convocatoria, TITULO, GUIA),
      crear("ul", { class: "lista no-print" }, LISTAS.map((lista) => this.renglon(lista))), this.hoja);
  }

  renglon([que, titulo, explica]) {
    const boton = (para, palabras, hacer) => {
      const uno = crear("button", { type: "button", class: "boton b2 chica", "aria-label": `${palabras}: ${titulo.toLowerCase()}`,
        al: { click: () => unaVez(uno, () => this.pedir(que, para, hacer)) } }, palabras);
      return uno;
    };
    return crear("li", { class: "m-documento" },
      crear("div", {}, crear("b", {}, titulo), crear("span", { class: "m-renglon chico" }, explica)),
      crear("span", { class: "m-par" },
        boton("csv", "Bajar en CSV", (dado) => this.entregar(dado)),
        boton("imprimir", "Ver para imprimir", (dado) => this.mostrar(titulo, dado))));
  }

  async pedir(que, para, hacer) {
    callar();
    try {
      hacer(await enviar("exportar", { convocatoria: this.convocatoria.id, que, para }));
    } catch (falla) {
      mostrarFalla(falla);
    }
  }

  entregar({ nombre, csv, filas }) {
    const enlace = bajar(nombre, () => csv, `Guardar ${nombre}`);
    rellenar(this.hoja, fila(enlace));
    enlace.focus();
    enlace.click();
    decir(`${cuantas(filas.length, "fila", "filas")} en ${nombre}.`);
  }

  mostrar(titulo, { columnas, filas }) {
    const visibles = columnas.map((columna, lugar) => [columna, lugar]).filter(([columna]) => !SOLO_EN_EL_ARCHIVO.includes(columna));
    const encabezadoDeHoja = crear("h2", { tabindex: "-1" }, titulo);
    rellenar(this.hoja, encabezadoDeHoja,
      crear("p", {}, `${cuantas(filas.length, "fila", "filas")}. Sacada el ${new Date().toLocaleString("es-CL", { timeZone: "America/Santiago", dateStyle: "long", timeStyle: "short", hourCycle: "h23" })}.`),
      crear("table", { class: "tabla cola m-hoja" },
        crear("caption", { class: "oculto" }, titulo),
        crear("thead", {}, crear("tr", {}, visibles.map(([columna]) => crear("th", { scope: "col" }, NOMBRES[columna] ?? columna)))),
        crear("tbody", {}, filas.map((celdas) => crear("tr", {}, visibles.map(([columna, lugar]) => (
          crear("td", { "data-t": NOMBRES[columna] ?? columna }, crear("span", {}, enPalabras(columna, celdas[lugar]))))))))),
      fila(crear("button", { type: "button", class: "boton no-print", al: { click: () => print() } }, "Imprimir")));
    encabezadoDeHoja.focus();
    decir("Lista para imprimir.");
  }
}

function enPalabras(columna, celda) {
  if (columna === "estado") return palabraDe(celda, celda);
  if (columna === "llegada") return celda.replace("T", " ").slice(0, 16);
  return PALABRAS[columna]?.[celda] ?? celda;
}

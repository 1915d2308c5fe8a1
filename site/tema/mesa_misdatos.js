// «Mis Datos»: traer el registro de la institución por un tiempo, y devolverle lo que declararon quienes postularon.

import { enviar, leer } from "./mesa_api.js";
import { callar, decir, mostrarFalla } from "./mesa_avisos.js";
import { leerLista } from "./mesa_memoria.js";
import { campo, crear, desplegable, rellenar, unaVez } from "./mesa_piezas.js";
import { Carga, cuantas } from "./mesa_registros.js";

const TITULO = "Mis Datos";

export async function abrirMisDatos() {
  const [situacion, { convocatorias }] = await Promise.all([leer("mis_datos"), leerLista({ basta: true })]);
  return { titulo: TITULO, nodo: new MisDatos(situacion, convocatorias).nodo };
}

class MisDatos {
  constructor(situacion, convocatorias) {
    this.movimientos = crear("div");
    this.listar(situacion);
    const carga = new Carga({
      ruta: "mis_datos",
      titulo: "Importar",
      columnas: situacion.columnas.join(","),
      ejemplo: "Solo el RUT es obligatorio en cada fila. Lo importado sirve para comparar al ingresar y al revisar, y se borra solo.",
      boton: "Importar el archivo",
      sinValores: true,
      situacion: (ahora) => {
        this.listar(ahora);
        return `Cada fila dura ${ahora.dias} días. Importar de nuevo reemplaza las de los mismos RUT.`;
      },
    }, situacion);
    this.nodo = crear("div", {},
      crear("h1", { tabindex: "-1" }, TITULO),
      crear("p", { class: "guia" }, "El registro vive en la institución. Aquí se trae en un archivo para comparar, y se devuelve lo declarado."),
      crear("p", {}, crear("a", { class: "toque", href: "/mis-datos/" }, "Qué lleva el archivo, columna por columna")),
      carga.nodo,
      this.exportar(convocatorias),
      crear("section", { "aria-labelledby": "t-movimientos" }, crear("h2", { id: "t-movimientos" }, "Quién lo ha movido este año"), this.movimientos));
  }

  listar({ movimientos }) {
    rellenar(this.movimientos, movimientos.length === 0
      ? crear("p", {}, "Nadie todavía.")
      : crear("ol", { class: "lista" }, movimientos.map(({ cuando_texto: cuando, quien, rol, que, filas, convocatoria }) => crear("li", {},
        crear("b", {}, `${quien} ${que} ${cuantas(filas, "fila", "filas")}`),
        crear("span", { class: "chico m-renglon" }, [cuando, rol, convocatoria].filter(Boolean).join(" · "))))));
  }

  exportar(convocatorias) {
    const elegir = desplegable("exportar-convocatoria", "Convocatoria", [["", "Todas"], ...convocatorias.map(({ id, nombre }) => [id, nombre])], "");
    const [desde, hasta] = [crear("input", { type: "date", class: "m-fecha" }), crear("input", { type: "date", class: "m-fecha" })];
    const boton = crear("button", { type: "submit", class: "boton" }, "Bajar el archivo");
    const bajar = async () => {
      callar();
      try {
        const convocatoria = elegir.querySelector("select").value;
        const { nombre, csv, filas, ...situacion } = await enviar("mis_datos/exporta", {
          desde: desde.value, hasta: hasta.value, ...(convocatoria && { convocatoria }),
        });
        guardarArchivo(nombre, csv);
        this.listar(situacion);
        decir(`Bajaste ${cuantas(filas, "fila", "filas")}. Quedó anotado quién y cuándo.`);
      } catch (falla) {
        mostrarFalla(falla, (clave) => `exportar-${clave}`);
      }
    };
    return crear("section", { class: "m-angosto", "aria-labelledby": "t-exportar" },
      crear("h2", { id: "t-exportar" }, "Exportar"),
      crear("p", {}, "Lo que declararon quienes entraron a la fila en esos días, una fila por RUT."),
      crear("form", { class: "caja", novalidate: true, "aria-labelledby": "t-exportar", al: { submit: (suceso) => { suceso.preventDefault(); unaVez(boton, bajar); } } },
        crear("div", { class: "campo" }, elegir),
        campo("exportar-desde", "Primer día", null, desde),
        campo("exportar-hasta", "Último día", null, hasta),
        boton));
  }
}

function guardarArchivo(nombre, texto) {
  // Con la marca de orden, Excel lee bien las tildes.
  const direccion = URL.createObjectURL(new Blob(["\ufeff", texto], { type: "text/csv;charset=utf-8" }));
  crear("a", { href: direccion, download: nombre }).click();
  setTimeout(() => URL.revokeObjectURL(direccion), 1000);
}

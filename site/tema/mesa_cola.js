// La cola de revisión: cuántas hay en cada grupo, filtros, y las postulaciones por orden de llegada.

import { susurrar } from "./mesa_avisos.js";
import { adelantarFicha, leerLista, porLlegada, recordarCola } from "./mesa_memoria.js";
import { crear, demostracion, desplegable, direccionDeFicha, enlaceABoton, fila, palabraDe, rellenar, signo } from "./mesa_piezas.js";
import { columnasDe, renglon } from "./mesa_renglon.js";

const GRUPOS = [
  ["por-revisar", "Por revisar", ["recibida", "retenida"]],
  ["arreglo", "Esperan arreglo", ["en_correccion"]],
  ["cumplen", "Cumplen", ["admisible", "evaluada"]],
  ["no-cumplen", "No cumplen", ["no_admisible", "recurso_rechazado"]],
  ["con-recurso", "Con recurso", ["recurrida"]],
  ["con-puesto", "Con puesto", ["seleccionada", "ofrecida", "confirmada"]],
  ["en-espera", "En lista de espera", ["lista_de_espera"]],
  ["realizadas", "Actividad hecha", ["participo", "no_asistio", "egresada"]],
  ["sin-puesto", "Sin puesto", ["no_seleccionada", "desistida", "declinada", "oferta_vencida", "retirada"]],
  ["sin-confirmar", "Sin confirmar", ["por_confirmar"]],
];
const POR_CERRAR = ["proxima", "abierta", "con_lista_de_espera", "suspendida"];
const TANDA = 100;
const FIJOS = 4;

export async function abrirCola({ parametros }) {
  const lista = await leerLista();
  const vista = new Cola(lista, parametros);
  return { titulo: "Cola de revisión", nodo: vista.nodo, actualizar: (nuevos) => vista.actualizar(nuevos) };
}

class Cola {
  constructor(lista, parametros) {
    this.lista = lista;
    this.encabezado = crear("div");
    this.conteo = crear("ul", { class: "conteo" });
    // La que tiene el foco es la que se va a abrir.
    this.resultados = crear("div", { al: { focusin: ({ target }) => adelantarFicha(target.closest("tr")?.dataset.folio) } });
    this.filtros = this.armarFiltros();
    this.nodo = crear("div", {}, this.encabezado, this.conteo, this.filtros, this.resultados);
    this.actualizar(parametros, { callada: true });
  }

  actualizar(parametros, { callada = false } = {}) {
    this.parametros = parametros;
    this.visibles = TANDA;
    this.escribirFiltros();
    this.dibujar();
    if (!callada) susurrar(cuantas(this.filas.length, "en la lista"));
  }

  dato(nombre) {
    return this.parametros.get(nombre) ?? "";
  }

  get convocatoria() {
    const { convocatorias } = this.lista;
    return convocatorias.length === 1 ? convocatorias[0] : convocatorias.find(({ id }) => id === this.dato("convocatoria"));
  }

  get todasDeDemostracion() {
    return this.lista.convocatorias.length > 0 && this.lista.convocatorias.every((c) => c.demostracion);
  }

  /** Las de la convocatoria elegida: sobre ellas se cuenta. */
  get delLlamado() {
    const elegida = this.convocatoria;
    return elegida ? this.lista.postulaciones.filter((p) => p.convocatoria === elegida.id) : this.lista.postulaciones;
  }

  get grupo() {
    return this.dato("grupo") || (this.dato("estado") ? "" : "por-revisar");
  }

  filtrar() {
    const estados = GRUPOS.find(([grupo]) => grupo === this.grupo)?.[2];
    const buscado = sinTildes(this.dato("q"));
    const pegado = buscado.replaceAll(" ", "");
    return this.delLlamado.filter((p) =>
      (!estados || estados.includes(p.estado))
      && (!this.dato("estado") || p.estado === this.dato("estado"))
      && (!buscado || sinTildes(p.nombre).includes(buscado) || p.folio.toLowerCase().includes(pegado)));
  }

  dibujar() {
    this.filas = porLlegada(this.filtrar());
    recordarCola(`#/cola?${this.parametros}`, this.filas.map(({ folio }) => folio));
    adelantarFicha(this.filas[0]?.folio);
    this.dibujarEncabezado();
    this.dibujarConteo();
    this.dibujarResultados();
  }

  dibujarEncabezado() {
    const elegida = this.convocatoria;
    const titulo = this.encabezado.querySelector("h1") ?? crear("h1", { tabindex: "-1" }, "Cola de revisión");
    const quedan = contar(this.delLlamado, GRUPOS[0][2]);
    rellenar(
      this.encabezado,
      crear("p", { class: "chico" }, elegida
        ? [`${elegida.nombre} · ${POR_CERRAR.includes(elegida.estado) ? "Cierra" : "Cerró"} el ${elegida.cierre_texto}`, demostracion(elegida.demostracion)]
        : [`Todas tus convocatorias: ${this.lista.convocatorias.length}`, demostracion(this.todasDeDemostracion)]),
      titulo,
      crear("p", { class: "guia" }, `${cuantas(this.delLlamado.length)}. `,
        ...(quedan === 0 ? ["No queda ninguna por revisar. "]
          : [quedan === 1 ? "Queda " : "Quedan ", crear("strong", {}, `${quedan} por revisar`), ". "]),
        "El sistema propone, tú decides."),
    );
  }

  dibujarConteo() {
    const enfocado = document.activeElement?.dataset?.grupo;
    const todas = ["todas", "Todas", null];
    const grupos = GRUPOS.map((grupo) => [...grupo, contar(this.delLlamado, grupo[2])]);
    const vistos = grupos.filter(([grupo, , , cuenta], lugar) => lugar < FIJOS || cuenta > 0 || grupo === this.grupo);
    rellenar(this.conteo, [...vistos, [...todas, this.delLlamado.length]].map(([grupo, texto, , cuenta]) => {
      const enlace = crear("a", {
        href: this.direccion({ grupo, estado: "" }), "data-grupo": grupo, "aria-current": grupo === this.grupo && "true",
      }, crear("b", {}, String(cuenta)), ` ${texto}`);
      return crear("li", {}, enlace);
    }));
    this.conteo.querySelector(`[data-grupo="${enfocado}"]`)?.focus();
  }

  direccion(cambios) {
    const parametros = new URLSearchParams(this.parametros);
    for (const [nombre, valor] of Object.entries(cambios)) {
      if (valor) parametros.set(nombre, valor);
      else parametros.delete(nombre);
    }
    return `#/cola?${parametros}`;
  }

  armarFiltros() {
    const estados = new Map(this.lista.postulaciones.map(({ estado, estado_texto: texto }) => [estado, palabraDe(estado, texto)]));
    const ordenados = [...estados].sort(([, uno], [, otro]) => uno.localeCompare(otro, "es"));
    const convocatorias = this.lista.convocatorias.map(({ id, nombre }) => [id, nombre]);
    const alCambiar = { change: () => this.aplicar() };
    return crear(
      "form", { class: "filtros caja", role: "search", "aria-label": "Filtrar la cola", al: { submit: (s) => this.aplicar(s) } },
      crear("div", {}, crear("label", { for: "q" }, "Folio o nombre"), crear("input", { id: "q", type: "search", autocomplete: "off" })),
      crear("div", {}, crear("button", { type: "submit", class: "boton chica" }, "Buscar")),
      crear("div", { class: "mas", al: alCambiar },
        convocatorias.length > 1 && desplegable("convocatoria", "Convocatoria", [["", "Todas"], ...convocatorias], ""),
        desplegable("estado", "Estado exacto", [["", "Cualquiera"], ...ordenados], "")),
    );
  }

  escribirFiltros() {
    for (const entrada of this.filtros.querySelectorAll("input, select")) entrada.value = this.dato(entrada.id);
  }

  aplicar(suceso) {
    suceso?.preventDefault();
    const valores = Object.fromEntries([...this.filtros.querySelectorAll("input, select")].map((e) => [e.id, e.value.trim()]));
    // Un estado exacto o un texto buscan en todos los grupos: si no, «no hay ninguna» engañaría.
    const grupo = valores.estado || (valores.q && valores.q !== this.dato("q")) ? "todas" : this.grupo;
    const direccion = this.direccion({ ...valores, grupo: valores.estado ? "" : grupo });
    history.replaceState(null, "", direccion);
    this.actualizar(new URLSearchParams(direccion.split("?")[1]));
  }

  dibujarResultados() {
    if (this.filas.length === 0) {
      rellenar(this.resultados, crear("p", { class: "aviso" }, "No hay ninguna postulación con estos filtros."));
      return;
    }
    const faltan = this.filas.length - this.visibles;
    rellenar(
      this.resultados,
      this.tabla(),
      faltan > 0 && fila(crear("button", { type: "button", class: "boton b2 chica", al: { click: () => this.verMas() } },
        `Ver ${Math.min(TANDA, faltan)} más`)),
      leyenda(),
      fila(
        enlaceABoton(direccionDeFicha(this.filas[0]), "Abrir la primera"),
        crear("button", { type: "button", class: "boton b2 chica", al: { click: () => print() } }, "Imprimir la cola"),
      ),
    );
  }

  verMas() {
    const primera = this.visibles;
    this.visibles += TANDA;
    this.dibujarResultados();
    this.resultados.querySelectorAll("tbody th a")[primera].focus();
  }

  tabla() {
    const vista = {
      conConvocatoria: !this.convocatoria,
      conPuntaje: this.filas.some(({ puntaje, notas_puestas: puestas }) => (puntaje ?? null) !== null || puestas > 0),
      evaluadores: (p) => this.llamadoDe(p)?.evaluadores ?? 1,
      marcar: (p) => !this.todasDeDemostracion && this.llamadoDe(p)?.demostracion,
    };
    return crear(
      "table", { class: "tabla cola" },
      crear("caption", { class: "oculto" }, `${cuantas(this.filas.length)}, por orden de llegada`),
      crear("thead", {}, crear("tr", {}, columnasDe(vista).map((c) => crear("th", { scope: "col" }, c)))),
      crear("tbody", {}, this.filas.slice(0, this.visibles).map((p) => renglon(p, vista))),
    );
  }

  llamadoDe({ convocatoria }) {
    return this.lista.convocatorias.find(({ id }) => id === convocatoria);
  }
}

function leyenda() {
  return crear(
    "p", { class: "chico no-print" },
    "Signos: ", signo("cumple"), " cumple, ", signo("no_cumple"), " no cumple, ", signo("falta_dato"),
    " falta un dato o lo revisa una persona. Teclas: ", crear("kbd", {}, "J"), " baja, ", crear("kbd", {}, "K"), " sube, ",
    crear("kbd", {}, "Enter"), " abre, ", crear("kbd", {}, "?"), " ayuda.",
  );
}

const contar = (postulaciones, estados) => postulaciones.filter(({ estado }) => estados.includes(estado)).length;
const cuantas = (cuenta, resto = "") => `${cuenta} ${cuenta === 1 ? "postulación" : "postulaciones"} ${resto}`.trim();
const sinTildes = (texto) => texto.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").trim();

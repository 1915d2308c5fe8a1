// Las páginas de la mesa: una línea por página dice su dirección, su nombre, quién la ve y qué guion la dibuja.

import { quien } from "./mesa_sesion.js";

const TODOS = ["evaluador", "operador", "nacional", "administrador"];
// Quien opera revisa y anota asistencia; elegir, resolver y cargar registros es de los demás.
const DECIDEN = ["evaluador", "nacional", "administrador"];
const DE_TODO_EL_PAIS = ["nacional", "administrador"];

/**
 * `arriba` deja la página siempre a la vista; las demás van en «Más», en su grupo. Sin `titulo` no va en el menú.
 * El guion se pide recién al abrirla: uno que falle no bota a los otros.
 */
export const PAGINAS = [
  { ruta: "cola", titulo: "Cola", roles: TODOS, arriba: true, vista: () => import("./mesa_cola.js").then((m) => m.abrirCola) },
  { ruta: "postulacion", en: "cola", roles: TODOS, vista: () => import("./mesa_ficha.js").then((m) => m.abrirFicha) },
  { ruta: "recursos", titulo: "Recursos", roles: DECIDEN, arriba: true, vista: () => import("./mesa_recursos.js").then((m) => m.abrirRecursos) },
  { ruta: "seleccion", titulo: "Selección", roles: DECIDEN, arriba: true, vista: () => import("./mesa_seleccion.js").then((m) => m.abrirSeleccion) },
  { ruta: "acta", en: "seleccion", roles: DECIDEN, vista: () => import("./mesa_actas.js").then((m) => m.abrirActa) },
  { ruta: "asistencia", titulo: "Asistencia", roles: TODOS, arriba: true, vista: () => import("./mesa_asistencia.js").then((m) => m.abrirAsistencia) },
  { ruta: "jornada", titulo: "Jornada", grupo: "La actividad", roles: TODOS, vista: () => import("./mesa_jornada.js").then((m) => m.abrirJornada) },
  { ruta: "invitar", titulo: "Invitar", grupo: "La actividad", roles: DECIDEN, vista: () => import("./mesa_invitar.js").then((m) => m.abrirInvitar) },
  { ruta: "exportar", titulo: "Bajar e imprimir", grupo: "La oficina", roles: TODOS, vista: () => import("./mesa_exportar.js").then((m) => m.abrirExportar) },
  { ruta: "derechos", titulo: "Derechos", grupo: "Las personas", roles: DECIDEN, vista: () => import("./mesa_derechos.js").then((m) => m.abrirDerechos) },
  { ruta: "ingreso", titulo: "Ingresar en papel", grupo: "Las personas", roles: DECIDEN, vista: () => import("./mesa_ingreso.js").then((m) => m.abrirIngreso) },
  { ruta: "contactos", titulo: "Por contactar", grupo: "Las personas", roles: TODOS, vista: () => import("./mesa_contactos.js").then((m) => m.abrirContactos) },
  { ruta: "carta", en: "contactos", roles: TODOS, vista: () => import("./mesa_contactos.js").then((m) => m.abrirCarta) },
  { ruta: "misdatos", titulo: "Mis Datos", grupo: "La oficina", roles: DE_TODO_EL_PAIS, vista: () => import("./mesa_misdatos.js").then((m) => m.abrirMisDatos) },
  { ruta: "registros", titulo: "Registros", grupo: "La oficina", roles: DECIDEN, vista: () => import("./mesa_registros.js").then((m) => m.abrirRegistros) },
  { ruta: "vitrinas", titulo: "Fichas", grupo: "La oficina", roles: DECIDEN, vista: () => import("./mesa_vitrinas.js").then((m) => m.abrirVitrinas) },
  { ruta: "medicion", titulo: "Medir el año", grupo: "La oficina", roles: DE_TODO_EL_PAIS, vista: () => import("./mesa_medicion.js").then((m) => m.abrirMedicion) },
  { ruta: "teclas", titulo: "Teclas", grupo: "La oficina", roles: TODOS, vista: () => import("./mesa_ayuda.js").then((m) => m.abrirAyuda) },
];

const GRUPOS = ["Las personas", "La actividad", "La oficina"];

const lasVe = ({ roles }) => roles.includes(quien()?.rol);

/** La página de esa dirección, aunque no sea de quien mira: qué puede ver lo dice el servidor. */
export const paginaDe = (ruta) => PAGINAS.find((pagina) => pagina.ruta === ruta);

/** Las del menú de quien entró: las de arriba, y las demás como pares [grupo, páginas]. */
export function delMenu() {
  const mias = PAGINAS.filter((pagina) => pagina.titulo && lasVe(pagina));
  const resto = mias.filter(({ arriba }) => !arriba);
  const grupos = GRUPOS.map((nombre) => [nombre, resto.filter(({ grupo }) => grupo === nombre)]);
  return { arriba: mias.filter(({ arriba }) => arriba), grupos: grupos.filter(([, paginas]) => paginas.length > 0) };
}

/** Trae los guiones de las páginas que puede abrir: con mala señal, ya están. */
export function adelantar() {
  for (const pagina of PAGINAS.filter(lasVe)) pagina.vista().catch(() => {});
}

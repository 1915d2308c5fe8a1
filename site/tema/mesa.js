// La mesa: entra, mira la dirección después de #, y muestra la vista que corresponde con el foco en su título.

import { callar, mostrarErrores, susurrar } from "./mesa_avisos.js";
import { hayBorradores, olvidarBorradores } from "./mesa_memoria.js";
import { adelantar, paginaDe } from "./mesa_menu.js";
import { crear, enlaceABoton, fila } from "./mesa_piezas.js";
import * as sesion from "./mesa_sesion.js";
import { marcarSeccion, vestirTecho } from "./mesa_techo.js";
import { atenderTeclas } from "./mesa_teclas.js";

let actual = { ruta: null };
let pedido = 0;

async function empezar() {
  try {
    await sesion.configurar();
  } catch {
    return mostrarEntrada("No pudimos preparar la entrada. Revisa tu conexión y abre la mesa otra vez.");
  }
  const llegada = await sesion.recoger();
  if (llegada === "lista") return abrirLaMesa();
  if (llegada === "otra") return despedirPestania();
  return mostrarEntrada(llegada === "error" ? "No pudimos entrar con esos datos. Inténtalo otra vez." : null);
}

function mostrarEntrada(problema) {
  const boton = crear("button", { type: "button", class: "boton", al: { click: () => sesion.entrar() } }, "Entrar a la mesa");
  mostrar(crear("div", {},
    crear("h1", { tabindex: "-1" }, "La mesa"),
    crear("p", { class: "guia" }, "Aquí el equipo revisa las postulaciones y decide. Entra con tu cuenta de trabajo."),
    fila(boton),
    crear("p", { class: "chico" }, "Si quieres postular o ver tu postulación, ve a ", crear("a", { href: "/convocatorias/" }, "las convocatorias"), ".")));
  document.title = "Entrar · La mesa";
  if (problema) mostrarErrores("No entraste todavía", problema);
}

function despedirPestania() {
  mostrar(crear("div", {},
    crear("h1", { tabindex: "-1" }, "Ya entraste"),
    crear("p", { class: "guia" }, "Cierra esta pestaña y sigue en la otra: lo que escribiste sigue ahí.")));
  document.title = "Ya entraste · La mesa";
  window.close();
}

function abrirLaMesa() {
  vestirTecho();
  atenderTeclas((paso) => {
    actual.vecino?.(paso);
    return Boolean(actual.vecino);
  }, () => actual.teclas ?? {});
  window.addEventListener("hashchange", navegar);
  window.addEventListener("beforeunload", (suceso) => { if (hayBorradores()) suceso.preventDefault(); });
  document.addEventListener("mesa:salir", olvidarBorradores);
  document.addEventListener("mesa:otra-persona", recibirAOtra);
  return navegar().then(adelantar);
}

function recibirAOtra() {
  olvidarBorradores();
  vestirTecho();
  actual.cerrar?.();
  actual = { ruta: null };
  history.replaceState(null, "", "#/cola");
  return navegar();
}

/** Lo que pide la dirección: ruta, identificador y parámetros. */
function leerDireccion() {
  const [camino, consulta] = location.hash.slice(1).split("?");
  const [ruta, id] = camino.split("/").filter(Boolean).map(decodeURIComponent);
  return { ruta: ruta ?? "cola", id: id ?? null, parametros: new URLSearchParams(consulta) };
}

async function navegar() {
  const direccion = leerDireccion();
  const mio = ++pedido;
  callar();
  if (actual.ruta === direccion.ruta && actual.actualizar) return actual.actualizar(direccion.parametros);
  susurrar("Abriendo…");
  const vista = await abrir(direccion);
  // Mientras llegaba, la persona pidió otra vista.
  if (mio !== pedido) return vista.cerrar?.();
  actual.cerrar?.();
  actual = { ruta: direccion.ruta, ...vista };
  callar();
  mostrar(vista.nodo);
  marcarSeccion(direccion.ruta);
  document.title = `${vista.titulo} · La mesa`;
  window.scrollTo(0, 0);
  document.querySelector("#mesa-vista h1").focus({ preventScroll: true });
}

async function abrir(direccion) {
  const pagina = paginaDe(direccion.ruta);
  if (!pagina) return vistaDeFalla("No encontramos esa vista", "Vuelve a la cola y ábrela desde ahí.");
  const dibujar = await pagina.vista().catch(() => null);
  if (!dibujar) return vistaDeFalla("No pudimos traer esta página", "Revisa tu conexión e inténtalo otra vez.");
  try {
    return await dibujar(direccion);
  } catch (falla) {
    if (!falla.codigo) throw falla;
    return vistaDeFalla(falla.titulo, falla.message);
  }
}

function vistaDeFalla(titulo, mensaje) {
  return {
    titulo,
    nodo: crear("div", {}, crear("h1", { tabindex: "-1" }, titulo), crear("p", { class: "guia" }, mensaje),
      fila(enlaceABoton("#/cola", "Volver a la cola", "boton"),
        crear("button", { type: "button", class: "boton b2", al: { click: navegar } }, "Intentar otra vez"))),
  };
}

function mostrar(nodo) {
  document.getElementById("mesa-vista").replaceChildren(nodo);
}

empezar();

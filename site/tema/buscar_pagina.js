// El buscador en su página: lee el formulario, busca, muestra de a diez, y guarda cada búsqueda en la dirección.
import { Buscador } from "./buscar_motor.js";
import { contar, pintarHallazgos, pintarPuestos, pintarTipos } from "./buscar_muestra.js";

const DE_A = 10;
const ESPERA = 120;
const CAMPOS = ["q", "tipo", "region", "rubro", "precio", "foto"];

let formulario, buscador, piezas, portada;
let turno = 0;
let pausa;

// La primera portada ya viene pedida; si falló, se pide de nuevo como cualquier otra.
async function leer(ruta) {
  const pedida = ruta === "portada.json" ? portada : null;
  portada = null;
  const respuesta = (await pedida) ?? (await fetch(`/indice/${ruta}`));
  if (!respuesta.ok) throw new Error(`${respuesta.status} en ${ruta}`);
  return respuesta.json();
}

export function empezar(suyo, pedida) {
  [formulario, portada] = [suyo, pedida];
  buscador = new Buscador(leer);
  const pieza = (nombre) => document.querySelector(`[data-${nombre}]`);
  piezas = Object.fromEntries(
    ["hallazgos", "cuenta", "puestos", "tipos", "lista", "mas", "listas", "ejemplos"].map((n) => [n, pieza(n)]),
  );
  // Si ya escribió, manda lo escrito; si no, lo que trae la dirección.
  if (hayAlgo()) anotar(false);
  else llenar(new URLSearchParams(location.search));
  formulario.addEventListener("input", alEscribir);
  formulario.addEventListener("submit", () => ahora(true));
  formulario.elements.q.addEventListener("keydown", conFlechas);
  piezas.lista.addEventListener("keydown", conFlechas);
  addEventListener("popstate", () => {
    llenar(new URLSearchParams(location.search));
    buscar();
  });
  return buscar();
}

function alEscribir(evento) {
  clearTimeout(pausa);
  // Un filtro es una decisión y queda en la historia; una letra, no.
  if (evento.target.name !== "q") return ahora(true);
  anotar(false);
  pausa = setTimeout(buscar, ESPERA);
}

function ahora(enHistoria) {
  clearTimeout(pausa);
  anotar(enHistoria);
  return buscar();
}

// La dirección lleva siempre lo que se ve: se puede compartir, guardar y volver a ella.
function anotar(enHistoria) {
  const destino = direccion(pedido());
  if (destino !== location.pathname + location.search) history[enHistoria ? "pushState" : "replaceState"](null, "", destino);
}

function pedido() {
  const datos = new FormData(formulario);
  return Object.fromEntries(CAMPOS.map((campo) => [campo, (datos.get(campo) ?? "").trim()]));
}

function hayAlgo() {
  return Object.values(pedido()).some(Boolean);
}

function llenar(valores) {
  for (const campo of CAMPOS) {
    const control = formulario.elements[campo];
    const valor = (valores.get(campo) ?? "").slice(0, 100);
    if (control?.type === "checkbox") control.checked = valor === control.value;
    else if (control) control.value = valor;
  }
}

function direccion(valores) {
  const puestos = new URLSearchParams(Object.entries(valores).filter(([, valor]) => valor));
  return puestos.size > 0 ? `${location.pathname}?${puestos}` : location.pathname;
}

async function buscar() {
  const suyo = (turno += 1);
  const valores = pedido();
  const buscando = Object.values(valores).some(Boolean);
  piezas.hallazgos.hidden = !buscando;
  piezas.listas.hidden = buscando;
  piezas.ejemplos.hidden = buscando;
  document.title = `${valores.q ? `${valores.q} · Buscar` : "Buscar en todo el portal"} · Ferias y Redes`;
  if (!buscando) return;
  piezas.hallazgos.setAttribute("aria-busy", "true");
  try {
    const hallado = await buscador.buscar({ ...valores, texto: valores.q, aMedias: !/\s$/.test(formulario.elements.q.value) });
    const registros = await buscador.registros(hallado.numeros.slice(0, DE_A));
    if (suyo === turno) mostrar(valores, hallado, registros);
  } catch {
    if (suyo === turno) fallar();
  }
}

function mostrar(valores, hallado, registros) {
  piezas.hallazgos.removeAttribute("aria-busy");
  piezas.listas.hidden = hallado.numeros.length > 0;
  contar(piezas.cuenta, valores, hallado);
  pintarPuestos(piezas.puestos, formulario, (campo) => {
    llenar(new URLSearchParams(Object.entries({ ...pedido(), [campo]: "" })));
    ahora(true);
    formulario.elements.q.focus();
  });
  pintarTipos(piezas.tipos, hallado, valores.tipo, (tipo) => direccion({ ...valores, tipo }), (tipo) => {
    formulario.elements.tipo.value = tipo;
    ahora(true);
  });
  // Quien ya bajó a los resultados sigue en el mismo lugar aunque se vuelvan a dibujar.
  const lugar = enlaces().indexOf(document.activeElement);
  piezas.lista.replaceChildren();
  agregar(hallado, registros);
  if (lugar >= 0) (enlaces()[lugar] ?? formulario.elements.q).focus();
}

function enlaces() {
  return [...piezas.lista.querySelectorAll("h3 a")];
}

function agregar(hallado, registros) {
  pintarHallazgos(piezas.lista, registros, hallado.marcas);
  const vistos = piezas.lista.children.length;
  const faltan = hallado.numeros.length - vistos;
  piezas.mas.hidden = faltan <= 0;
  piezas.mas.textContent = `Ver ${Math.min(DE_A, faltan)} más`;
  piezas.mas.onclick = async () => {
    const suyo = turno;
    const otros = await buscador.registros(hallado.numeros.slice(vistos, vistos + DE_A)).catch(fallar);
    if (!otros || suyo !== turno) return;
    agregar(hallado, otros);
    piezas.lista.children[vistos]?.querySelector("a").focus();
  };
}

function fallar() {
  piezas.hallazgos.removeAttribute("aria-busy");
  piezas.listas.hidden = false;
  piezas.cuenta.textContent = "No pudimos traer los resultados. Revisa tu conexión y aprieta «Buscar» otra vez.";
  for (const pieza of [piezas.puestos, piezas.tipos, piezas.mas]) pieza.hidden = true;
  piezas.lista.replaceChildren();
}

// Del campo a los resultados y entre ellos; Escape vuelve al campo.
function conFlechas(evento) {
  const lugar = enlaces().indexOf(document.activeElement);
  const pasos = { ArrowDown: lugar + 1, ArrowUp: lugar - 1, Escape: -1 };
  if (!(evento.key in pasos) || (lugar < 0 && evento.key !== "ArrowDown")) return;
  evento.preventDefault();
  const destino = pasos[evento.key] < 0 ? formulario.elements.q : enlaces()[pasos[evento.key]];
  destino?.focus();
}

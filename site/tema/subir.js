// Sube el archivo apenas se elige, muestra cuánto va y deja cancelar. Sin este guion, el mismo formulario lo envía.
"use strict";

// Cuánto se espera antes de volver a intentar cuando la red se corta.
const PAUSAS = [1000, 3000, 8000];
const SIN_RED = "Se cortó la conexión y el archivo no llegó. Revisa tu internet e inténtalo otra vez.";
const NO_LLEGO = "No pudimos recibir el archivo. Inténtalo otra vez; si sigue igual, vuelve atrás y entra de nuevo.";

// Lo que impide seguir, con las palabras que ve la persona.
class Falla extends Error {}
class SinRed extends Error {}

// `1258291` → `1,2 MB`, como lo dice la página.
function pesa(octetos) {
  if (octetos < 1024) return `${octetos} bytes`;
  const [unidad, divisor] = octetos < 1024 * 1024 ? ["kB", 1024] : ["MB", 1024 * 1024];
  return `${String(Math.round((octetos * 10) / divisor) / 10).replace(".", ",")} ${unidad}`;
}

function crear(etiqueta, atributos, ...hijos) {
  const nodo = document.createElement(etiqueta);
  for (const [clave, valor] of Object.entries(atributos)) nodo.setAttribute(clave, valor);
  nodo.append(...hijos);
  return nodo;
}

// Lo que se sabe sin enviarlo; lo demás lo mira la función.
function defecto(archivo, formulario) {
  const palabras = JSON.parse(formulario.dataset.palabras);
  if (archivo.size === 0) return palabras.vacio;
  if (archivo.size > Number(formulario.dataset.tope)) return palabras.muy_grande;
  const acepta = formulario.querySelector("[type=file]").accept.split(",");
  const nombre = archivo.name.toLowerCase();
  return acepta.includes(archivo.type) || acepta.some((fin) => nombre.endsWith(fin)) ? "" : palabras.otro_tipo;
}

function quitarError(formulario) {
  document.querySelector(".errores")?.remove();
  formulario.querySelector("#error-file")?.remove();
  formulario.querySelector(".campo").classList.remove("con-error");
  document.title = document.title.replace(/^Error: /, "");
  const entrada = formulario.querySelector("[type=file]");
  entrada.removeAttribute("aria-invalid");
  entrada.setAttribute("aria-describedby", "ayuda-file");
}

// Igual que cuando contesta la función: resumen arriba con el foco, y las mismas palabras junto al campo.
function mostrarError(formulario, texto) {
  quitarError(formulario);
  const entrada = formulario.querySelector("[type=file]");
  entrada.value = "";
  entrada.setAttribute("aria-invalid", "true");
  entrada.setAttribute("aria-describedby", "ayuda-file error-file");
  entrada.before(crear("p", { class: "msj", id: "error-file" }, texto));
  formulario.querySelector(".campo").classList.add("con-error");
  document.title = `Error: ${document.title}`;
  const resumen = crear(
    "div",
    { class: "errores", role: "alert", tabindex: "-1", "aria-labelledby": "errores-titulo" },
    crear("h2", { id: "errores-titulo" }, "Falta arreglar una cosa"),
    crear("ul", {}, crear("li", {}, crear("a", { href: "#file" }, texto))),
  );
  document.querySelector("#contenido > div").prepend(resumen);
  resumen.focus();
}

async function pedirPermiso(formulario, senal) {
  let respuesta;
  try {
    respuesta = await fetch("/api/adjuntar", {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json" },
      body: formulario.dataset.pedir,
      signal: senal,
    });
  } catch {
    throw new SinRed();
  }
  if (respuesta.status >= 500) throw new SinRed();
  const dicho = await respuesta.json();
  if (!respuesta.ok) throw new Falla(`${dicho.titulo}. ${dicho.mensaje}`);
  return dicho;
}

function enviar(permiso, archivo, senal, avanzar) {
  return new Promise((listo, fallar) => {
    const pedido = new XMLHttpRequest();
    const datos = new FormData();
    for (const [campo, valor] of Object.entries(permiso.campos)) datos.append(campo, valor);
    datos.append("file", archivo);
    pedido.upload.onprogress = (suceso) => avanzar(suceso.loaded / suceso.total);
    pedido.onerror = () => fallar(new SinRed());
    pedido.onload = () => {
      if (pedido.status < 300) listo();
      else fallar(pedido.status >= 500 ? new SinRed() : new Falla(NO_LLEGO));
    };
    senal.addEventListener("abort", () => {
      pedido.abort();
      fallar(new SinRed());
    });
    pedido.open("POST", permiso.url);
    pedido.send(datos);
  });
}

// Cada intento pide su permiso: el anterior pudo vencer mientras no había red.
async function conReintentos(formulario, archivo, panel) {
  for (const pausa of [...PAUSAS, 0]) {
    try {
      const permiso = await pedirPermiso(formulario, panel.senal);
      await enviar(permiso, archivo, panel.senal, panel.avanzar);
      return;
    } catch (error) {
      if (!(error instanceof SinRed) || panel.senal.aborted) throw error;
      if (!pausa) throw new Falla(SIN_RED);
      panel.decir("Se cortó la conexión. Lo intentamos otra vez.");
      await new Promise((seguir) => setTimeout(seguir, pausa));
    }
  }
}

function abrirPanel(formulario, archivo) {
  const control = new AbortController();
  const barra = crear("progress", { max: "100", value: "0", "aria-label": "Cuánto va" });
  const dicho = crear("p", { role: "status" });
  const cancelar = crear("button", { type: "button", class: "boton b2" }, "Cancelar");
  const titulo = crear("p", {}, crear("strong", {}, archivo.name), `, ${pesa(archivo.size)}`);
  const panel = crear("div", { class: "subiendo" }, titulo, barra, dicho, cancelar);
  cancelar.addEventListener("click", () => control.abort());
  formulario.hidden = true;
  formulario.after(panel);
  cancelar.focus();
  let cuarto = -1;
  return {
    senal: control.signal,
    decir: (texto) => {
      dicho.textContent = texto;
    },
    // La barra se mueve siempre; en voz alta, solo cada cuarto.
    avanzar: (parte) => {
      barra.value = Math.floor(parte * 100);
      const va = Math.floor(parte * 4);
      if (va === cuarto) return;
      cuarto = va;
      dicho.textContent = va < 4 ? `Subiendo: va en ${va * 25} %.` : "Ya llegó. Lo revisamos.";
    },
    cerrar: () => {
      panel.remove();
      formulario.hidden = false;
    },
  };
}

// La página que dice cómo llegó, la misma que se ve sin guion; el nombre solo se muestra aquí y no se guarda.
async function mostrarComoLlego(formulario, nombre) {
  const destino = formulario.dataset.retorno;
  const texto = await fetch(destino, { headers: { accept: "text/html" } }).then((r) => r.text());
  const nueva = new DOMParser().parseFromString(texto, "text/html");
  const contenido = nueva.querySelector("#contenido");
  if (!contenido?.querySelector(".subida")) {
    location.assign(destino);
    return;
  }
  document.title = nueva.title;
  document.querySelector("#contenido").replaceWith(document.adoptNode(contenido));
  const lugar = document.querySelector("[data-nombre]");
  if (lugar) lugar.textContent = `${nombre}, `;
  preparar();
  document.querySelector(".errores, #recibido")?.focus();
}

async function subir(formulario, archivo) {
  const panel = abrirPanel(formulario, archivo);
  try {
    await conReintentos(formulario, archivo, panel);
    panel.decir("Ya llegó. Lo revisamos.");
    await mostrarComoLlego(formulario, archivo.name).catch(() => location.assign(formulario.dataset.retorno));
  } catch (error) {
    panel.cerrar();
    if (panel.senal.aborted) {
      const entrada = formulario.querySelector("[type=file]");
      entrada.value = "";
      entrada.focus();
    } else {
      mostrarError(formulario, error instanceof Falla ? error.message : NO_LLEGO);
    }
  }
}

// La foto elegida, a la vista antes de subirla; se lee aquí mismo.
function mostrarFoto(formulario, archivo) {
  formulario.querySelector(".vista-previa")?.remove();
  const lector = new FileReader();
  lector.onload = () => {
    const foto = crear("img", { class: "vista-previa", alt: "La foto que elegiste", src: lector.result });
    formulario.querySelector("[type=file]").after(foto);
  };
  lector.readAsDataURL(archivo);
}

function elegido(suceso) {
  const formulario = suceso.target.closest("form.subida");
  const archivo = suceso.target.files[0];
  if (!archivo) return;
  quitarError(formulario);
  const falla = defecto(archivo, formulario);
  if (falla) mostrarError(formulario, falla);
  else if (formulario.dataset.pedir) subir(formulario, archivo);
  else mostrarFoto(formulario, archivo);
}

function preparar() {
  for (const formulario of document.querySelectorAll("form.subida")) {
    if (formulario.dataset.pedir) {
      for (const nodo of formulario.querySelectorAll("[data-sin-guion]")) nodo.hidden = true;
    }
    formulario.querySelector("[type=file]").addEventListener("change", elegido);
  }
}

preparar();

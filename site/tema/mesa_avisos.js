// Lo que la mesa dice: el estado en voz alta y el resumen de errores que toma el foco.

import { crear } from "./mesa_piezas.js";

const estado = () => document.getElementById("mesa-estado");
const errores = () => document.getElementById("mesa-errores");

/** Una frase corta, a la vista y para los lectores de pantalla. */
export function decir(frase) {
  estado().classList.remove("oculto");
  estado().textContent = frase;
}

/** Lo mismo, solo para los lectores de pantalla: quien ve ya lo está viendo. */
export function susurrar(frase) {
  estado().classList.add("oculto");
  estado().textContent = frase;
}

export function callar() {
  decir("");
  limpiarErrores();
}

/**
 * El resumen de errores arriba, con enlaces a cada campo y las mismas palabras junto a él.
 * `faltas` son objetos {id, texto} o {destino, texto}; sin ninguno de los dos es solo texto.
 */
export function mostrarErrores(titulo, explicacion, faltas = []) {
  limpiarErrores();
  estado().textContent = "";
  const encabezado = crear("h2", { id: "mesa-errores-titulo" }, titulo);
  const resumen = crear(
    "div",
    { class: "errores", tabindex: "-1", role: "alert", "aria-labelledby": "mesa-errores-titulo" },
    encabezado,
    explicacion && crear("p", {}, explicacion),
    faltas.length > 0 && crear("ul", {}, faltas.map((falta) => crear("li", {}, enlaceA(falta)))),
  );
  faltas.forEach(marcar);
  errores().append(resumen);
  if (!document.title.startsWith("Error: ")) document.title = `Error: ${document.title}`;
  resumen.focus();
}

/** El resumen para una falla de la API. `campos` dice qué elemento corresponde a cada campo nombrado. */
export function mostrarFalla(falla, campos = () => null) {
  // La franja de sesión ya lo está diciendo, y con qué hacer.
  if (falla.codigo === "sin_sesion") return;
  const faltas = Object.entries(falla.campos).map(([campo, texto]) => ({ id: campos(campo), texto }));
  mostrarErrores(falla.titulo, falla.message, faltas);
}

export function limpiarErrores() {
  errores().replaceChildren();
  document.title = document.title.replace(/^Error: /, "");
  for (const mensaje of document.querySelectorAll("#mesa-vista .msj")) mensaje.remove();
  for (const caja of document.querySelectorAll("#mesa-vista .con-error")) caja.classList.remove("con-error");
  for (const entrada of document.querySelectorAll("#mesa-vista [aria-invalid]")) desmarcar(entrada);
}

function enlaceA({ id, destino, texto }) {
  if (destino) return crear("a", { href: destino }, texto);
  if (!id) return texto;
  const ir = (suceso) => {
    // La dirección después de # es la vista; aquí solo se mueve el foco.
    suceso.preventDefault();
    document.getElementById(id)?.focus();
  };
  return crear("a", { href: `#${id}`, al: { click: ir } }, texto);
}

function marcar({ id, texto }) {
  const entrada = id && document.getElementById(id);
  if (!entrada) return;
  const caja = entrada.closest("fieldset, .campo");
  const mensaje = crear("p", { class: "msj", id: `${id}-msj` }, crear("span", { class: "oculto" }, "Error: "), texto);
  caja?.classList.add("con-error");
  if (caja?.matches("fieldset")) caja.querySelector("legend").after(mensaje);
  else entrada.before(mensaje);
  entrada.setAttribute("aria-invalid", "true");
  const otras = entrada.getAttribute("aria-describedby");
  entrada.setAttribute("aria-describedby", [otras, mensaje.id].filter(Boolean).join(" "));
}

function desmarcar(entrada) {
  entrada.removeAttribute("aria-invalid");
  const otras = (entrada.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => !id.endsWith("-msj"));
  if (otras.join("")) entrada.setAttribute("aria-describedby", otras.join(" "));
  else entrada.removeAttribute("aria-describedby");
}

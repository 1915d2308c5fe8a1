// La entrada del personal: OIDC con código y PKCE. La credencial vive solo en la memoria de esta página.

const GUARDADO = "mesa.entrada";
const CANAL = "mesa.entrada";
// El estado de la entrada que se hace en otra pestaña empieza así: esa pestaña avisa y se cierra.
const EN_OTRA = "otra.";

let configuracion = null;
let credencial = null;
let persona = null;

export const quien = () => persona;
export const puedeMedir = () => ["nacional", "administrador"].includes(persona?.rol);
// Quien opera revisa y anota asistencia; elegir, resolver recursos y cargar registros es de los demás.
export const puedeSeleccionar = () => persona?.rol !== "operador";
export const puedeResolver = puedeSeleccionar;
export const puedeRegistrar = puedeSeleccionar;
export const puedeModerar = puedeSeleccionar;
export const vigente = () => credencial !== null && persona.vence > Date.now();
export const portador = () => `Bearer ${credencial}`;

/** Los datos del emisor, que el despliegue deja junto a la mesa. */
export async function configurar() {
  const respuesta = await fetch("/mesa/configuracion.json", { cache: "no-store" });
  if (!respuesta.ok) throw new Error("sin configuración");
  configuracion = await respuesta.json();
}

/** Va a la página de entrada y recuerda a qué vista volver. */
export async function entrar() {
  const prueba = nuevaPrueba("");
  sessionStorage.setItem(GUARDADO, JSON.stringify({ ...prueba, destino: location.hash }));
  location.assign(await direccionDeEntrada(prueba));
}

/** Lo que trae la dirección al volver: «ninguna», «otra» (esta pestaña solo avisa), «lista» o un error. */
export async function recoger() {
  const vuelta = new URLSearchParams(location.search);
  if (!vuelta.has("state")) return "ninguna";
  const guardada = JSON.parse(sessionStorage.getItem(GUARDADO) ?? "null");
  sessionStorage.removeItem(GUARDADO);
  history.replaceState(null, "", location.pathname + (guardada?.destino ?? ""));
  if (vuelta.get("state").startsWith(EN_OTRA)) return avisarALaOtra(vuelta);
  if (guardada === null || vuelta.get("state") !== guardada.estado || !vuelta.has("code")) return "error";
  return (await canjear(vuelta.get("code"), guardada)) ? "lista" : "error";
}

function avisarALaOtra(vuelta) {
  new BroadcastChannel(CANAL).postMessage({ estado: vuelta.get("state"), codigo: vuelta.get("code") });
  return "otra";
}

/**
 * Prepara una entrada en otra pestaña, para no perder lo escrito en esta. Devuelve su dirección y una promesa
 * que se cumple al entrar, con si quien entró es la misma persona.
 */
export async function prepararOtraEntrada() {
  const prueba = nuevaPrueba(EN_OTRA);
  const canal = new BroadcastChannel(CANAL);
  const anterior = persona?.id ?? null;
  const lista = new Promise((cumplir) => {
    canal.addEventListener("message", async ({ data }) => {
      if (data.estado !== prueba.estado || !data.codigo || !(await canjear(data.codigo, prueba))) return;
      canal.close();
      cumplir(anterior === persona.id);
    });
  });
  return { direccion: await direccionDeEntrada(prueba), lista };
}

/** Olvida la credencial y va a la salida del emisor, si tiene. */
export function salir() {
  credencial = persona = null;
  const vuelta = `${location.origin}/mesa/`;
  if (!configuracion.salir) return location.assign(vuelta);
  const direccion = new URL(configuracion.salir, location.origin);
  direccion.searchParams.set("client_id", configuracion.cliente);
  direccion.searchParams.set("logout_uri", vuelta);
  return location.assign(direccion.href);
}

async function canjear(codigo, prueba) {
  const respuesta = await fetch(configuracion.credencial, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: configuracion.cliente,
      redirect_uri: `${location.origin}/mesa/`,
      code: codigo,
      code_verifier: prueba.verificador,
    }),
  }).catch(() => null);
  if (!respuesta?.ok) return false;
  const entregada = await respuesta.json();
  const afirmado = leer(entregada.id_token);
  if (afirmado.nonce !== prueba.nonce) return false;
  credencial = entregada.id_token;
  const rol = afirmado.rol ?? afirmado["custom:rol"];
  const region = afirmado.region ?? afirmado["custom:region"];
  persona = { id: afirmado.sub, rol, region, vence: afirmado.exp * 1000 };
  return true;
}

// La firma la comprueba el servidor en cada petición; aquí solo se lee qué mostrar.
function leer(ficha) {
  const base64 = ficha.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
  const bytes = Uint8Array.from(atob(base64), (letra) => letra.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

const nuevaPrueba = (prefijo) => ({ estado: prefijo + azar(), verificador: azar(), nonce: azar() });

async function direccionDeEntrada({ estado, verificador, nonce }) {
  const huella = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verificador));
  const direccion = new URL(configuracion.autorizar, location.origin);
  const pedido = {
    response_type: "code",
    client_id: configuracion.cliente,
    redirect_uri: `${location.origin}/mesa/`,
    scope: configuracion.alcances ?? "openid profile",
    state: estado,
    nonce,
    code_challenge: base64url(new Uint8Array(huella)),
    code_challenge_method: "S256",
  };
  for (const [nombre, valor] of Object.entries(pedido)) direccion.searchParams.set(nombre, valor);
  return direccion.href;
}

const azar = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

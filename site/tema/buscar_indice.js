// Trae del índice solo lo que una búsqueda necesita: la portada, las hojas de sus palabras y las tandas que se muestran.
import { llano, sonido } from "./buscar_palabras.js";

const CIFRAS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALOR = Object.fromEntries([...CIFRAS].map((letra, valor) => [letra, valor]));
// Suenan distinto según la letra que sigue: al escribir a medias todavía no se sabe.
const AMBIGUA = /[cgqlh]$/;
const HOJAS_A_MEDIAS = 3;

// Saltos de a cinco bits; el par de `codificar` en site/generador/hojas.py.
export function decodificar(texto) {
  const numeros = [];
  let [ultimo, salto, corrida] = [-1, 0, 0];
  for (const letra of texto) {
    const valor = VALOR[letra];
    salto += (valor & 31) << corrida;
    if (valor > 31) {
      corrida += 5;
    } else {
      ultimo += salto + 1;
      numeros.push(ultimo);
      [salto, corrida] = [0, 0];
    }
  }
  return numeros;
}

export class Indice {
  // `leer` recibe una dirección bajo /indice/ y devuelve su JSON ya leído.
  constructor(leer) {
    this.leer = leer;
    this.guardado = new Map();
  }

  async portada() {
    this.abierta ??= this.leer("portada.json").then((p) => ({
      ...p,
      tipos: p.tipos.map(([nombre, grupo, color, peso, desde, hasta]) => ({ nombre, grupo, color, peso, desde, hasta })),
      vivas: new Map(p.vivas.map(([n, situacion, apertura, cierre, resultados, termino]) => [n, { situacion, apertura, cierre, resultados, termino }])),
      vacias: new Set(p.vacias.split(" ")),
      derivaciones: p.derivaciones.split(" "),
    }));
    try {
      return await this.abierta;
    } catch (error) {
      this.abierta = undefined;
      throw error;
    }
  }

  // Las entradas que pueden calzar con una palabra; a medias, las de todo lo que empieza así.
  async entradas(palabra, aMedias) {
    const { hojas } = await this.portada();
    const plana = llano(palabra);
    const inicio = sonido(aMedias ? plana.replace(AMBIGUA, "") : plana).slice(0, 3);
    const primera = hojaDe(hojas, inicio);
    const ultima = aMedias ? Math.min(hojaDe(hojas, `${inicio}\uffff`), primera + HOJAS_A_MEDIAS - 1) : primera;
    const partes = [];
    for (let n = primera; n <= ultima; n += 1) partes.push(this.archivo(`p${n}`));
    return (await Promise.all(partes)).flat();
  }

  async faceta(nombre) {
    const { facetas } = await this.portada();
    return nombre in facetas ? decodificar(await this.archivo(`f-${nombre}`)) : [];
  }

  // Lo que se muestra de cada documento, en el orden pedido.
  async registros(numeros) {
    const { por_tanda: porTanda } = await this.portada();
    return Promise.all(
      numeros.map(async (numero) => {
        const tanda = await this.archivo(`d${Math.floor(numero / porTanda)}`);
        const [titulo, ruta, detalle, texto, demostracion, estado] = tanda[numero % porTanda];
        return { numero, titulo, ruta, detalle, texto, demostracion: Boolean(demostracion), estado };
      }),
    );
  }

  // Cada archivo se pide una vez. Si ya no está, se publicó otro índice: se vuelve a empezar por la portada.
  async archivo(nombre) {
    const { huella } = await this.portada();
    if (!this.guardado.has(nombre)) this.guardado.set(nombre, this.leer(`${huella}/${nombre}.json`));
    try {
      return await this.guardado.get(nombre);
    } catch (error) {
      this.abierta = undefined;
      this.guardado.clear();
      throw error;
    }
  }
}

// La última hoja que empieza antes de esas letras, o con ellas.
function hojaDe(hojas, inicio) {
  let [desde, hasta] = [0, hojas.length - 1];
  while (desde < hasta) {
    const medio = Math.ceil((desde + hasta) / 2);
    if (hojas[medio] <= inicio) desde = medio;
    else hasta = medio - 1;
  }
  return desde;
}

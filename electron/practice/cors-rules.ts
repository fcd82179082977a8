import { childText, childTexts, malformed, readXml, type XmlNode } from './xml-read.ts';
import { S3Fault } from './s3-fault.ts';
import { element, optionalElement, resultElement, xmlDocument, type Xml } from './xml-write.ts';

/** One `<CORSRule>` of a bucket. */
export interface CorsRule {
  readonly id?: string | undefined;
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds?: number | undefined;
}

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];
const MAX_RULES = 100;

export function parseCorsRules(text: string): readonly CorsRule[] {
  const root = readXml(text);
  const isKnown = root.name === 'CORSConfiguration' && root.children.every((child) => child.name === 'CORSRule');
  if (!isKnown || root.children.length === 0 || root.children.length > MAX_RULES) throw malformed();
  return root.children.map(parseRule);
}

/** S3 checks rules when they are put, not when they are used. */
function parseRule(node: XmlNode): CorsRule {
  const rule: CorsRule = {
    id: childText(node, 'ID'),
    allowedOrigins: childTexts(node, 'AllowedOrigin'),
    allowedMethods: childTexts(node, 'AllowedMethod'),
    allowedHeaders: childTexts(node, 'AllowedHeader'),
    exposeHeaders: childTexts(node, 'ExposeHeader'),
    maxAgeSeconds: parseSeconds(childText(node, 'MaxAgeSeconds')),
  };
  if (rule.allowedOrigins.length === 0 || rule.allowedMethods.length === 0) throw malformed();
  for (const method of rule.allowedMethods) {
    if (!METHODS.includes(method)) {
      throw new S3Fault(
        'InvalidRequest',
        `Found unsupported HTTP method in CORS config. Unsupported method is ${method}`,
      );
    }
  }
  for (const pattern of [...rule.allowedOrigins, ...rule.allowedHeaders]) {
    if (pattern.split('*').length > 2) {
      throw new S3Fault('InvalidRequest', `"${pattern}" can not have more than one wildcard.`);
    }
  }
  return rule;
}

function parseSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw malformed();
  return Number(text);
}

/** The same document GET gives back and PUT took, in the order of S3's schema. */
export function corsDocument(rules: readonly CorsRule[]): string {
  return xmlDocument(resultElement('CORSConfiguration', rules.map(ruleElement)));
}

function ruleElement(rule: CorsRule): Xml {
  return element('CORSRule', [
    ...optionalElement('ID', rule.id),
    ...rule.allowedOrigins.map((each) => element('AllowedOrigin', each)),
    ...rule.allowedMethods.map((each) => element('AllowedMethod', each)),
    ...rule.allowedHeaders.map((each) => element('AllowedHeader', each)),
    ...rule.exposeHeaders.map((each) => element('ExposeHeader', each)),
    ...optionalElement('MaxAgeSeconds', rule.maxAgeSeconds),
  ]);
}

export interface CorsQuestion {
  readonly origin: string;
  readonly method: string;
  /** Lower-case; empty for a request that is not a preflight. */
  readonly headers: readonly string[];
}

/** The first rule that covers origin, method and all headers answers. */
export function matchCorsRule(rules: readonly CorsRule[], question: CorsQuestion): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.allowedMethods.includes(question.method) &&
      rule.allowedOrigins.some((pattern) => fits(pattern, question.origin)) &&
      question.headers.every((header) => rule.allowedHeaders.some((pattern) => fits(pattern.toLowerCase(), header))),
  );
}

/** One `*` stands for any text, also for none. Origins are compared as they are, letter by letter. */
function fits(pattern: string, value: string): boolean {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === value;
  return value.length >= before.length + after.length && value.startsWith(before) && value.endsWith(after);
}

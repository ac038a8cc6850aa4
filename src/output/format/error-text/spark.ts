import type { SparkFault } from '../../../error/spark-fault.ts';

const named = ({ errorClass, state }: SparkFault): string =>
  [...(errorClass === null ? [] : [errorClass]), ...(state === null ? [] : [`SQLSTATE ${state}`])].join(', ');

/** What became of a server of Spark Connect, in each language. */
export const english = (fault: SparkFault): string => {
  const { server, reason, message } = fault;
  const own = named(fault);
  switch (reason) {
    case 'error':
      return `Spark at ${server} says: ${ended(message)}${own === '' ? '' : ` (${own})`}`;
    case 'absent':
      return `No server of Spark Connect answers at ${server}: ${ended(message)} Start one (docs/scale.md), or give its address by --spark.`;
    case 'cut':
      return `What answers at ${server} ended the call at once (${message}). Is it a server of Spark Connect, and is it encrypted (use_ssl=true)?`;
    case 'gone':
      return `The server of Spark Connect at ${server} is gone, or has forgotten the session: ${ended(message)} Nothing was written; run the command again when it is back.`;
    case 'untrusted':
      return `The certificate of ${server} is not trusted here (${own}): ${ended(message)} Nothing was sent. Name the file of the certificates that sign it by GRPC_DEFAULT_SSL_ROOTS_FILE_PATH, or the host that it is for in the address.`;
    case 'refused':
      return `Spark at ${server} does not let this client in: ${ended(message)} A token is given by token= in the address or by SPARK_CONNECT_AUTHENTICATE_TOKEN.`;
  }
};

export const chinese = (fault: SparkFault): string => {
  const { server, reason, message } = fault;
  const own = named(fault);
  switch (reason) {
    case 'error':
      return `${server} 的 Spark 说：${message}${own === '' ? '' : `（${own}）`}`;
    case 'absent':
      return `${server} 没有 Spark Connect 服务器应答：${message}。请启动一个（docs/scale.md），或用 --spark 给出地址。`;
    case 'cut':
      return `${server} 的应答立即中断（${message}）。它是 Spark Connect 服务器吗？是否加密（use_ssl=true）？`;
    case 'gone':
      return `${server} 的 Spark Connect 服务器已不在，或已忘记本次会话：${message}。没有写出任何内容；等它恢复后再运行同一命令。`;
    case 'untrusted':
      return `${server} 的证书在这里不受信任（${own}）：${message}。没有发出任何内容。用 GRPC_DEFAULT_SSL_ROOTS_FILE_PATH 指明签发它的证书文件，或在地址中写它所属的主机名。`;
    case 'refused':
      return `${server} 的 Spark 不接受本客户端：${message}。令牌用地址中的 token= 或变量 SPARK_CONNECT_AUTHENTICATE_TOKEN 给出。`;
  }
};

const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

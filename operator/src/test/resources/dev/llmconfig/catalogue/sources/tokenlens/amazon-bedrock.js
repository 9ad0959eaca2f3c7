export const models = {
    id: "amazon-bedrock",
    models: {},
};
export default models;
